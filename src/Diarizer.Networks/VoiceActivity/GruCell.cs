using System.Numerics.Tensors;

namespace Diarizer.Networks.VoiceActivity;

/// <summary>
/// State and step of one recurrent layer (Cho et al. 2014, in libtorch's form): r, z = σ(W x + U h), n = tanh(W x + r ∘ (U h)),
/// h' = n + z ∘ (h - n).
/// </summary>
internal sealed class GruCell(GruWeights weights)
{
    private readonly float[] _state = new float[weights.Size];
    private readonly float[] _fromInput = new float[weights.Input.PaddedOutputs];
    private readonly float[] _fromState = new float[weights.Hidden.PaddedOutputs];

    public ReadOnlySpan<float> State => _state;

    public void Reset() => _state.AsSpan().Clear();

    public void Step(ReadOnlySpan<float> input)
    {
        int size = _state.Length;
        weights.Input.Apply(input, _fromInput);
        weights.Hidden.Apply(_state, _fromState);
        var gates = _fromInput.AsSpan(0, 2 * size);
        TensorPrimitives.Add(gates, _fromState.AsSpan(0, 2 * size), gates);
        TensorPrimitives.Sigmoid(gates, gates);
        var candidate = _fromInput.AsSpan(2 * size, size);
        TensorPrimitives.MultiplyAdd(gates[..size], _fromState.AsSpan(2 * size, size), candidate, candidate);
        TensorPrimitives.Tanh(candidate, candidate);
        var kept = _fromState.AsSpan(0, size);
        TensorPrimitives.Subtract(_state, candidate, kept);
        TensorPrimitives.MultiplyAdd(gates[size..], kept, candidate, _state);
    }
}
