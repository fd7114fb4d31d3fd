using System.Buffers;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>Features and targets of one step, ready for the network; its memory is rented and goes back on disposal.</summary>
internal sealed class PreparedBatch : IDisposable
{
    private readonly int _sequences, _frames, _bins;
    private readonly float[] _features;

    /// <param name="sequences">B.</param>
    /// <param name="frames">T.</param>
    /// <param name="bins">Mel bands.</param>
    /// <param name="targets">Number of targets; what they are depends on the task.</param>
    public PreparedBatch(int sequences, int frames, int bins, int targets)
    {
        (_sequences, _frames, _bins) = (sequences, frames, bins);
        _features = ArrayPool<float>.Shared.Rent(sequences * frames * bins);
        Targets = new long[targets];
    }

    public int Sequences => _sequences;

    public int Frames => _frames;

    public long[] Targets { get; }

    /// <summary>The frames [T, mel] of one sequence.</summary>
    public Span<float> Sequence(int index) => _features.AsSpan(index * _frames * _bins, _frames * _bins);

    /// <summary>Features [B, T, mel].</summary>
    public Tensor FeatureTensor()
    {
        var features = empty(_sequences, _frames, _bins);
        _features.AsSpan(0, _sequences * _frames * _bins).CopyTo(MemoryMarshal.Cast<byte, float>(features.bytes));
        return features;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_features);
}
