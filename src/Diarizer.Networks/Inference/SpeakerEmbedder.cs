using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Diarizer.Features;
using Diarizer.Networks.Devices;
using Diarizer.Networks.Models;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Diarizer.Networks.Inference;

/// <summary>
/// Front end, network and normalisation for windows of speech. Thread-safe. On a GPU, windows of equal length share a batch. On the CPU each
/// runs alone unless asked otherwise: libtorch chooses its kernels by the batch's size, and the last bits of an embedding (and all that is
/// decided by it) would depend on which windows happened to come together.
/// </summary>
public sealed class SpeakerEmbedder : ISpeakerEmbedder
{
    /// <summary>The most windows in one batch on a GPU unless asked otherwise; bounds the memory for activations.</summary>
    private const int LargestGpuBatch = 64;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly FrontEnd _frontEnd;
    private readonly Device _device;
    private readonly int _largestBatch;

    /// <summary>Takes ownership of a network, moves it to the device and runs it once to warm it up.</summary>
    /// <param name="network">Log-mel [B, mel, T] to embeddings [B, D]; put in evaluation mode.</param>
    /// <param name="frontEnd">The log-mel options that it was trained with.</param>
    /// <param name="device">Where to compute; see <see cref="ComputeDevice.Choose"/>.</param>
    /// <param name="minimumSamples">The shortest window; at least one frame.</param>
    /// <param name="largestBatch">The most windows of one length that run together; by default 1 on the CPU and 64 on a GPU.</param>
    public SpeakerEmbedder(nn.Module<Tensor, Tensor> network, LogMelOptions frontEnd, Device device, int minimumSamples = 8_000, int? largestBatch = null)
        : this(network, new LogMel(frontEnd), device, minimumSamples, largestBatch)
    {
    }

    /// <summary>Takes ownership of a network, moves it to the device and runs it once to warm it up.</summary>
    /// <param name="network">Features [B, bins, T] to embeddings [B, D]; put in evaluation mode.</param>
    /// <param name="frontEnd">The front end that it was trained with.</param>
    /// <param name="device">Where to compute; see <see cref="ComputeDevice.Choose"/>.</param>
    /// <param name="minimumSamples">The shortest window; at least one frame.</param>
    /// <param name="largestBatch">The most windows of one length that run together; by default 1 on the CPU and 64 on a GPU.</param>
    public SpeakerEmbedder(nn.Module<Tensor, Tensor> network, FrontEnd frontEnd, Device device, int minimumSamples = 8_000, int? largestBatch = null)
    {
        ArgumentNullException.ThrowIfNull(frontEnd);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfLessThan(largestBatch ?? 1, 1, nameof(largestBatch));
        _largestBatch = largestBatch ?? (device.type == DeviceType.CPU ? 1 : LargestGpuBatch);
        _frontEnd = frontEnd;
        _device = device;
        MinimumSamples = Math.Max(minimumSamples, _frontEnd.WindowLength);
        _network = network.to(device);
        _network.eval();
        Dimension = Probe();
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int MinimumSamples { get; }

    /// <summary>Loads a model file.</summary>
    /// <param name="path">Path of the weights or of the card.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="largestBatch">The most windows of one length that run together; by default 1 on the CPU and 64 on a GPU.</param>
    /// <exception cref="UserErrorException">The model or the device cannot be used; the message says why.</exception>
    public static SpeakerEmbedder Load(string path, string device = "auto", int? largestBatch = null)
    {
        var chosen = ComputeDevice.Choose(device);
        var (card, network) = ModelFile.Load(path, ModelKind.SpeakerEmbedding);
        return new SpeakerEmbedder(network, card.CreateFrontEnd(), chosen, card.MinimumSamples, largestBatch);
    }

    /// <inheritdoc/>
    public void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings)
    {
        ArgumentNullException.ThrowIfNull(windows);
        if (embeddings.Length < windows.Count * Dimension)
            throw new ArgumentException($"{windows.Count} embeddings need room for {windows.Count * Dimension} values, not {embeddings.Length}.", nameof(embeddings));
        for (int i = 0; i < windows.Count; i++)
        {
            if (windows[i].Length < MinimumSamples)
                throw new ArgumentException($"Window {i} has {windows[i].Length} samples; at least {MinimumSamples} are needed.", nameof(windows));
        }
        foreach (var group in Enumerable.Range(0, windows.Count).GroupBy(i => windows[i].Length))
        {
            foreach (int[] batch in group.Chunk(_largestBatch))
                EmbedBatch(windows, batch, embeddings);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private void EmbedBatch(IReadOnlyList<ReadOnlyMemory<float>> windows, int[] batch, Span<float> embeddings)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int frames = _frontEnd.FrameCount(windows[batch[0]].Length);
        var input = empty(batch.Length, frames, _frontEnd.Bins);
        ComputeFeatures(windows, batch, MemoryMarshal.Cast<byte, float>(input.bytes));
        var output = _network.call(input.to(_device).transpose(1, 2).contiguous()).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(output.bytes);
        for (int i = 0; i < batch.Length; i++)
        {
            var embedding = embeddings.Slice(batch[i] * Dimension, Dimension);
            values.Slice(i * Dimension, Dimension).CopyTo(embedding);
            TensorPrimitives.Divide(embedding, Math.Max(TensorPrimitives.Norm<float>(embedding), 1e-12f), embedding);
        }
    }

    /// <summary>Front end of each window, in parallel where there are several: it is a tenth of an embedding's work.</summary>
    private void ComputeFeatures(IReadOnlyList<ReadOnlyMemory<float>> windows, int[] batch, Span<float> features)
    {
        int stride = features.Length / batch.Length;
        int threads = Math.Min(batch.Length, get_num_threads());
        if (threads == 1)
        {
            for (int i = 0; i < batch.Length; i++)
                _frontEnd.Compute(windows[batch[i]].Span, features.Slice(i * stride, stride));
            return;
        }
        float[] shared = ArrayPool<float>.Shared.Rent(features.Length);
        try
        {
            Parallel.For(0, batch.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => _frontEnd.Compute(windows[batch[i]].Span, shared.AsSpan(i * stride, stride)));
            shared.AsSpan(0, features.Length).CopyTo(features);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(shared);
        }
    }

    private int Probe()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var silence = zeros(1, _frontEnd.Bins, _frontEnd.FrameCount(MinimumSamples)).to(_device);
        return (int)_network.call(silence).shape[1];
    }
}
