namespace Diarizer.Audio.Alsa;

/// <summary>What is asked of an ALSA device; the device answers with the nearest it has.</summary>
/// <param name="Name">The PCM name, such as <c>default</c> or <c>hw:1,0</c>.</param>
/// <param name="Rate">Wanted frames per second.</param>
/// <param name="Channels">Wanted channels; <see cref="AllChannels"/> for as many as the device has.</param>
/// <param name="PeriodMilliseconds">Wanted time between wake-ups.</param>
internal sealed record AlsaSettings(string Name, int Rate, int Channels, int PeriodMilliseconds)
{
    /// <summary>Stands for as many channels as the device has.</summary>
    public const int AllChannels = 0;

    /// <summary>More channels than this are a plugin that takes any number.</summary>
    public const int MostChannels = 64;

    /// <summary>How long the reader may be away before frames are lost.</summary>
    public const int BufferMilliseconds = 500;
}
