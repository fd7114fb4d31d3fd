using Diarizer.Features;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>
/// torchaudio's <c>MelSpectrogram</c> with log(x + 1e-6), whose window and filters are buffers of the checkpoint. Window kind, mel bands and
/// pre-emphasis are read from there; what a checkpoint without the buffers leaves open is as the trainer's code has it today.
/// </summary>
internal static class TorchaudioMel
{
    private static readonly string[] Modules = ["torchfb", "torchfbank"];

    public static LogMelOptions Read(LayoutTensors tensors, LogMelOptions usual)
    {
        string plain = Modules.FirstOrDefault(module => tensors.Has($"{module}.spectrogram.window") || tensors.Has($"{module}.1.spectrogram.window")) ?? "";
        if (plain.Length == 0)
            return usual with { Edges = FrameEdges.Mirrored };
        bool emphasised = tensors.Has($"{plain}.0.flipped_filter");
        string module = emphasised ? $"{plain}.1" : plain;
        // Filters are empty in checkpoints of a torchaudio that made them when first used.
        bool sized = tensors.Find($"{module}.mel_scale.fb") is { Shape: [_, > 0] };
        return usual with
        {
            Edges = FrameEdges.Mirrored,
            PreEmphasis = emphasised ? 0.97f : 0,
            Window = ReadWindow(tensors, module) ?? usual.Window,
            MelBins = sized ? tensors.Size($"{module}.mel_scale.fb", 1) : usual.MelBins,
        };
    }

    public static bool Owns(string name) => Modules.Any(module => name.StartsWith(module + ".", StringComparison.Ordinal));

    /// <summary>A Hann window begins with 0, a Hamming window with 0.08.</summary>
    private static WindowShape? ReadWindow(LayoutTensors tensors, string module) =>
        tensors.Find($"{module}.spectrogram.window") is { Count: > 0 } window ? window.Read().ToSingles()[0] < 0.04f ? WindowShape.Hann : WindowShape.Hamming : null;
}
