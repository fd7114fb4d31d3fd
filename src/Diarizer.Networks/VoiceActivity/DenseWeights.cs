using System.Numerics;
using System.Runtime.InteropServices;

namespace Diarizer.Networks.VoiceActivity;

/// <summary>y = W x + b for one vector at a time. Weights lie in tiles of four vectors of outputs, read once from start to end. Immutable.</summary>
internal sealed class DenseWeights
{
    private const int Tile = 4;

    private readonly Vector<float>[] _bias;
    private readonly Vector<float>[] _weights;

    /// <summary>Packs a matrix.</summary>
    /// <param name="weights">Row-major [outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    public DenseWeights(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        Outputs = bias.Length;
        Inputs = weights.Length / bias.Length;
        int tileWidth = Tile * Vector<float>.Count;
        int tiles = (Outputs + tileWidth - 1) / tileWidth;
        _bias = new Vector<float>[tiles * Tile];
        _weights = new Vector<float>[tiles * Tile * Inputs];
        bias.CopyTo(MemoryMarshal.Cast<Vector<float>, float>(_bias.AsSpan()));
        var packed = MemoryMarshal.Cast<Vector<float>, float>(_weights.AsSpan());
        for (int o = 0; o < Outputs; o++)
        {
            for (int i = 0; i < Inputs; i++)
                packed[(o / tileWidth * Inputs + i) * tileWidth + o % tileWidth] = weights[o * Inputs + i];
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Length of the buffer that takes the outputs: whole tiles.</summary>
    public int PaddedOutputs => _bias.Length * Vector<float>.Count;

    /// <summary>Computes one vector; the same operations in the same order every time, so equal inputs give equal bits.</summary>
    public void Apply(ReadOnlySpan<float> input, Span<float> paddedOutput)
    {
        input = input[..Inputs];
        var output = MemoryMarshal.Cast<float, Vector<float>>(paddedOutput);
        for (int tile = 0; tile < _bias.Length; tile += Tile)
        {
            Vector<float> a = _bias[tile], b = _bias[tile + 1], c = _bias[tile + 2], d = _bias[tile + 3];
            ReadOnlySpan<Vector<float>> rows = _weights.AsSpan(tile * Inputs, Tile * Inputs);
            for (int i = 0; i < input.Length; i++)
            {
                var x = new Vector<float>(input[i]);
                var row = rows.Slice(Tile * i, Tile);
                a = Vector.MultiplyAddEstimate(x, row[0], a);
                b = Vector.MultiplyAddEstimate(x, row[1], b);
                c = Vector.MultiplyAddEstimate(x, row[2], c);
                d = Vector.MultiplyAddEstimate(x, row[3], d);
            }
            output[tile] = a;
            output[tile + 1] = b;
            output[tile + 2] = c;
            output[tile + 3] = d;
        }
    }
}
