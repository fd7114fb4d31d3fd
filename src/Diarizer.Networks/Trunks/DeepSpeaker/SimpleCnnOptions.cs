namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>
/// Shape of the smaller network of a public reproduction of Deep Speaker: three stages in place of four, 7 M parameters. Its code as published
/// has bottleneck blocks, with which it is 4.9 M; set <see cref="DeepSpeakerCnnOptions.Bottleneck"/> for that.
/// </summary>
public sealed record SimpleCnnOptions : DeepSpeakerCnnOptions
{
    /// <summary>Three stages.</summary>
    public SimpleCnnOptions() => Channels = [64, 128, 256];
}
