using System.Runtime.InteropServices;
using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Segmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Inference;

/// <summary>A segmentation network ready to run; always on the CPU, where a window of 5 s takes some milliseconds of a core. Thread-safe.</summary>
public sealed class SpeakerSegmenter : ISpeakerSegmenter
{
    private const int LeastFrames = 8;

    private readonly SegmentationNetwork _network;
    private readonly LogMel _frontEnd;

    /// <summary>Takes ownership of a network.</summary>
    /// <exception cref="UserErrorException">The front end does not give frames every 10 ms at 16 kHz, or not the bands that the network takes.</exception>
    public SpeakerSegmenter(SegmentationNetwork network, LogMelOptions frontEnd)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(frontEnd);
        FrameGrid.Require(frontEnd, network.Options.MelBins, "segmentation");
        _network = network;
        _network.eval();
        _frontEnd = new LogMel(frontEnd);
    }

    /// <inheritdoc/>
    public int Speakers => _network.Powerset.Speakers;

    /// <inheritdoc/>
    public int FrameSamples => SegmentationNetwork.FramesPerOutput * SampleClock.Hop;

    /// <inheritdoc/>
    public int MinimumSamples => _frontEnd.SampleCount(LeastFrames);

    /// <summary>Loads a model file.</summary>
    /// <param name="path">Path of the weights or of the card.</param>
    /// <exception cref="UserErrorException">The model cannot be used; the message says why.</exception>
    public static SpeakerSegmenter Load(string path)
    {
        var (card, network) = ModelFile.Load(path, ModelKind.Segmentation);
        return new SpeakerSegmenter((SegmentationNetwork)network, card.FrontEnd);
    }

    /// <inheritdoc/>
    public int FrameCount(int samples) => SegmentationNetwork.OutputFrames(_frontEnd.FrameCount(samples));

    /// <inheritdoc/>
    public void Segment(ReadOnlySpan<float> samples, Span<float> activity)
    {
        if (samples.Length < MinimumSamples)
            throw new ArgumentException($"{samples.Length} samples are too few; at least {MinimumSamples} are needed.", nameof(samples));
        int frames = _frontEnd.FrameCount(samples.Length), outputs = SegmentationNetwork.OutputFrames(frames);
        if (activity.Length < outputs * Speakers)
            throw new ArgumentException($"{outputs} frames need room for {outputs * Speakers} values, not {activity.Length}.", nameof(activity));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var input = empty(1, frames, _frontEnd.Bins);
        _frontEnd.Compute(samples, MemoryMarshal.Cast<byte, float>(input.bytes));
        var classes = MemoryMarshal.Cast<byte, float>(_network.call(input).softmax(2).contiguous().bytes);
        Marginals(classes, activity[..(outputs * Speakers)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>A speaker talks in every set that holds them.</summary>
    private void Marginals(ReadOnlySpan<float> classes, Span<float> activity)
    {
        var powerset = _network.Powerset;
        activity.Clear();
        for (int frame = 0; frame < classes.Length / powerset.Classes; frame++)
        {
            for (int c = 0; c < powerset.Classes; c++)
            {
                for (int speaker = 0; speaker < powerset.Speakers; speaker++)
                {
                    if ((powerset.SetOf(c) >> speaker & 1) != 0)
                        activity[frame * powerset.Speakers + speaker] += classes[frame * powerset.Classes + c];
                }
            }
        }
    }
}
