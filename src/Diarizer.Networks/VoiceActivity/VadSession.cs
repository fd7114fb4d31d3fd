using System.Numerics.Tensors;

namespace Diarizer.Networks.VoiceActivity;

/// <summary>
/// A <see cref="VadNetwork"/> run frame by frame with its state carried along, in managed code: a network this small spends more time in a
/// hundred tensor calls a block than in its 85 k multiplications, would make garbage for each of them, and would add a block of latency.
/// Logits equal the batch's up to rounding and do not depend on how frames arrive.
/// </summary>
internal sealed class VadSession
{
    private readonly VadWeights _weights;
    private readonly FrameWindow _frames;
    private readonly FrameWindow _features;
    private readonly GruCell[] _cells;
    private readonly float[] _scratch;
    private readonly float[] _output;
    private int _toFill;

    public VadSession(VadWeights weights)
    {
        _weights = weights;
        int kernel = 2 * weights.Options.Reach + 1;
        _frames = new FrameWindow(kernel, weights.Options.MelBins);
        _features = new FrameWindow(kernel, weights.Options.Channels);
        _cells = [.. weights.Recurrent.Select(layer => new GruCell(layer))];
        _scratch = new float[weights.First.PaddedOutputs];
        _output = new float[weights.Output.PaddedOutputs];
        Reset();
    }

    public void Reset()
    {
        _frames.Reset();
        _features.Reset();
        foreach (var cell in _cells)
            cell.Reset();
        _toFill = 2 * _weights.Options.Reach;
    }

    /// <summary>Takes a log-mel frame; gives the logit of the frame 2·reach before it, once there is one.</summary>
    public bool TryStep(ReadOnlySpan<float> logMel, out float logit)
    {
        var frame = _frames.Advance();
        TensorPrimitives.Subtract(logMel, _weights.Mean, frame);
        TensorPrimitives.Multiply(frame, _weights.InverseDeviation, frame);
        Convolve(_weights.First, _frames.Values).CopyTo(_features.Advance());
        logit = 0;
        if (_toFill > 0)
        {
            _toFill--;
            return false;
        }
        var x = Convolve(_weights.Second, _features.Values);
        foreach (var cell in _cells)
        {
            cell.Step(x);
            x = cell.State;
        }
        _weights.Output.Apply(x, _output);
        logit = _output[0];
        return true;
    }

    private ReadOnlySpan<float> Convolve(DenseWeights weights, ReadOnlySpan<float> window)
    {
        weights.Apply(window, _scratch);
        var output = _scratch.AsSpan(0, weights.Outputs);
        TensorPrimitives.Max(output, 0f, output);
        return output;
    }
}
