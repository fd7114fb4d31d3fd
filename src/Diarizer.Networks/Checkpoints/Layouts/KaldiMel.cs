using Diarizer.Features;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>Kaldi's filter bank energies with a Hamming window and without dither, as WeSpeaker computes them.</summary>
internal static class KaldiMel
{
    public static LogMelOptions Options(int melBins) => new()
    {
        Window = WindowShape.SymmetricHamming,
        MelBins = melBins,
        Filters = FilterShape.Mel,
        LowestHertz = 20,
        HighestHertz = 8_000,
        FramesAlone = true,
        // The smallest step of a 32-bit float above 1, on samples of 16-bit integers' size: here they lie in [-1, 1].
        Floor = 1.1920929e-7f / (32_768f * 32_768f),
        FloorIsLeast = true,
    };
}
