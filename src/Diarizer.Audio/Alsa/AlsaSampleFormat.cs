using Diarizer.Audio.Pipes;

namespace Diarizer.Audio.Alsa;

/// <summary>The sample formats that are asked for, best first, under libasound's numbers.</summary>
internal static class AlsaSampleFormat
{
    public static ReadOnlySpan<(int Number, PcmEncoding Encoding)> BestFirst => Formats;

    private static readonly (int Number, PcmEncoding Encoding)[] Formats =
    [
        (14, PcmEncoding.F32),
        (10, PcmEncoding.S32),
        (32, PcmEncoding.S24Packed),
        (2, PcmEncoding.S16),
    ];
}
