namespace Diarizer.Features;

/// <summary>
/// Power spectrum of N real samples: a complex Fourier transform of N/2 points on the even and odd samples, untangled at the end.
/// Stockham's self-sorting decimation in frequency (no bit reversal), radix 2, with radix 3 and 5 for the odd factors. Immutable.
/// </summary>
internal sealed class RealTransform
{
    private readonly int _half;
    private readonly TransformPass[] _passes;
    private readonly float[] _untangleRe;
    private readonly float[] _untangleIm;

    public RealTransform(int size)
    {
        Size = size;
        _half = size / 2;
        var passes = new List<TransformPass>();
        for (int n = _half, stride = 1; n > 1;)
        {
            int radix = n % 2 == 0 ? 2 : n % 3 == 0 ? 3 : 5;
            passes.Add(new TransformPass(n, stride, radix));
            n /= radix;
            stride *= radix;
        }
        _passes = [.. passes];
        _untangleRe = new float[_half + 1];
        _untangleIm = new float[_half + 1];
        for (int k = 0; k <= _half; k++)
            (_untangleIm[k], _untangleRe[k]) = ToSingle(Math.SinCos(-2 * Math.PI * k / size));
    }

    /// <summary>N.</summary>
    public int Size { get; }

    /// <summary>True for even sizes of 32 to 4,096 whose prime factors are 2, 3 and 5.</summary>
    public static bool Supports(int size)
    {
        if (size is < 32 or > 4_096 || size % 2 != 0)
            return false;
        foreach (int factor in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (size % factor == 0)
                size /= factor;
        }
        return size == 1;
    }

    /// <summary>Writes |X[k]|² for k = 0 … N/2 and zeros after that.</summary>
    public void Power(ReadOnlySpan<float> samples, Span<float> power)
    {
        Span<float> work = stackalloc float[4 * _half];
        Span<float> re = work[.._half], im = work[_half..(2 * _half)], nextRe = work[(2 * _half)..(3 * _half)], nextIm = work[(3 * _half)..];
        for (int k = 0; k < re.Length; k++)
        {
            re[k] = samples[2 * k];
            im[k] = samples[2 * k + 1];
        }
        foreach (var pass in _passes)
        {
            pass.Run(re, im, nextRe, nextIm);
            var spareRe = re;
            var spareIm = im;
            re = nextRe;
            im = nextIm;
            nextRe = spareRe;
            nextIm = spareIm;
        }
        Untangle(re, im, power);
    }

    private void Untangle(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> power)
    {
        power[(_half + 1)..].Clear();
        power[0] = (re[0] + im[0]) * (re[0] + im[0]);
        power[_half] = (re[0] - im[0]) * (re[0] - im[0]);
        for (int k = 1; k < _half; k++)
        {
            int mirror = _half - k;
            float evenRe = 0.5f * (re[k] + re[mirror]), evenIm = 0.5f * (im[k] - im[mirror]);
            float oddRe = 0.5f * (im[k] + im[mirror]), oddIm = 0.5f * (re[mirror] - re[k]);
            float x = evenRe + oddRe * _untangleRe[k] - oddIm * _untangleIm[k];
            float y = evenIm + oddRe * _untangleIm[k] + oddIm * _untangleRe[k];
            power[k] = x * x + y * y;
        }
    }

    private static (float Sin, float Cos) ToSingle((double Sin, double Cos) pair) => ((float)pair.Sin, (float)pair.Cos);
}
