using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Diarizer.Features;

/// <summary>
/// Triangular filters with unit peaks, equally spaced on the HTK mel scale (mel = 2595 log10(1 + f/700)); by default those of torchaudio's
/// <c>melscale_fbanks(norm=None, mel_scale="htk")</c>. Each filter is stored as its non-zero span, padded with zeros to whole vectors.
/// </summary>
internal sealed class MelFilterBank
{
    private readonly int[] _firstBin;
    private readonly int[] _offset;
    private readonly float[] _weights;

    public MelFilterBank(LogMelOptions options)
    {
        int bins = options.DftSize / 2 + 1;
        var edges = new double[options.MelBins + 2];
        double lowest = ToMel(options.LowestHertz), highest = ToMel(options.HighestHertz);
        for (int i = 0; i < edges.Length; i++)
        {
            double mel = lowest + (highest - lowest) * i / (edges.Length - 1);
            edges[i] = options.Filters == FilterShape.Mel ? mel : ToHertz(mel);
        }
        Centres = [.. edges[1..^1].Select(edge => options.Filters == FilterShape.Mel ? ToHertz(edge) : edge)];

        var weights = new List<float>();
        _firstBin = new int[options.MelBins];
        _offset = new int[options.MelBins + 1];
        for (int m = 0; m < options.MelBins; m++)
        {
            int first = -1;
            _offset[m] = weights.Count;
            var (left, peak, right) = (edges[m], edges[m + 1], options.Filters == FilterShape.Symmetric ? 2 * edges[m + 1] - edges[m] : edges[m + 2]);
            for (int k = 0; k < bins; k++)
            {
                double hertz = k * (double)options.SampleRate / options.DftSize;
                double at = options.Filters == FilterShape.Mel ? ToMel(hertz) : hertz;
                double weight = Math.Min((at - left) / (peak - left), (right - at) / (right - peak));
                if (weight <= 0)
                    continue;
                if (first < 0)
                    first = k;
                weights.Add((float)weight);
            }
            _firstBin[m] = Math.Max(first, 0);
            while (weights.Count % Vector128<float>.Count != 0)
                weights.Add(0);
        }
        _offset[^1] = weights.Count;
        _weights = [.. weights];
    }

    /// <summary>Hertz at the filters' peaks.</summary>
    public IReadOnlyList<double> Centres { get; }

    /// <summary>Filters one power spectrum; <paramref name="power"/> is zero padded so that whole vectors may be read at its end.</summary>
    public void Apply(ReadOnlySpan<float> power, Span<float> energies)
    {
        // Not TensorPrimitives.Dot: its order of summation depends on how the memory is aligned, so equal frames could differ in the last bit.
        for (int m = 0; m < energies.Length; m++)
        {
            var weights = MemoryMarshal.Cast<float, Vector128<float>>(_weights.AsSpan(_offset[m], _offset[m + 1] - _offset[m]));
            var values = MemoryMarshal.Cast<float, Vector128<float>>(power[_firstBin[m]..]);
            var sum = Vector128<float>.Zero;
            for (int i = 0; i < weights.Length; i++)
                sum += weights[i] * values[i];
            energies[m] = Vector128.Sum(sum);
        }
    }

    private static double ToMel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
