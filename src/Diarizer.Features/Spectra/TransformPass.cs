using System.Numerics;

namespace Diarizer.Features;

/// <summary>
/// One pass of Stockham's transform: y[q + s(rp + j)] = w^(jp) Σ_k x[q + s(p + mk)] e^(-2πi jk/r), m = n/r, w = e^(-2πi/n), for
/// all p below m, q below the stride s and j below the radix r. Real and imaginary parts lie in arrays of their own.
/// </summary>
internal sealed class TransformPass
{
    private readonly int _count;
    private readonly int _stride;
    private readonly int _radix;
    private readonly float[] _twiddleRe;
    private readonly float[] _twiddleIm;
    private readonly float[] _rootRe;
    private readonly float[] _rootIm;

    public TransformPass(int points, int stride, int radix)
    {
        _count = points / radix;
        _stride = stride;
        _radix = radix;
        (_twiddleRe, _twiddleIm) = Roots(points, points);
        (_rootRe, _rootIm) = Roots(radix, radix);
    }

    public void Run(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> toRe, Span<float> toIm)
    {
        if (_radix == 2)
            RunTwo(re, im, toRe, toIm);
        else
            RunAny(re, im, toRe, toIm);
    }

    private void RunTwo(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> toRe, Span<float> toIm)
    {
        int s = _stride, half = s * _count;
        for (int p = 0; p < _count; p++)
        {
            float wRe = _twiddleRe[p], wIm = _twiddleIm[p];
            int from = s * p, to = 2 * s * p, q = 0;
            ReadOnlySpan<float> aRe = re.Slice(from, s), aIm = im.Slice(from, s), bRe = re.Slice(from + half, s), bIm = im.Slice(from + half, s);
            Span<float> sumRe = toRe.Slice(to, s), sumIm = toIm.Slice(to, s), turnRe = toRe.Slice(to + s, s), turnIm = toIm.Slice(to + s, s);
            for (; q + Vector<float>.Count <= s; q += Vector<float>.Count)
            {
                Vector<float> ar = new(aRe[q..]), ai = new(aIm[q..]), br = new(bRe[q..]), bi = new(bIm[q..]);
                Vector<float> dr = ar - br, di = ai - bi;
                (ar + br).CopyTo(sumRe[q..]);
                (ai + bi).CopyTo(sumIm[q..]);
                (dr * wRe - di * wIm).CopyTo(turnRe[q..]);
                (dr * wIm + di * wRe).CopyTo(turnIm[q..]);
            }
            for (; q < s; q++)
            {
                float dr = aRe[q] - bRe[q], di = aIm[q] - bIm[q];
                sumRe[q] = aRe[q] + bRe[q];
                sumIm[q] = aIm[q] + bIm[q];
                turnRe[q] = dr * wRe - di * wIm;
                turnIm[q] = dr * wIm + di * wRe;
            }
        }
    }

    private void RunAny(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> toRe, Span<float> toIm)
    {
        for (int p = 0; p < _count; p++)
        {
            for (int q = 0; q < _stride; q++)
            {
                for (int j = 0; j < _radix; j++)
                {
                    float x = 0, y = 0;
                    for (int k = 0; k < _radix; k++)
                    {
                        int from = q + _stride * (p + _count * k), root = j * k % _radix;
                        x += re[from] * _rootRe[root] - im[from] * _rootIm[root];
                        y += re[from] * _rootIm[root] + im[from] * _rootRe[root];
                    }
                    int to = q + _stride * (_radix * p + j), twiddle = j * p;
                    toRe[to] = x * _twiddleRe[twiddle] - y * _twiddleIm[twiddle];
                    toIm[to] = x * _twiddleIm[twiddle] + y * _twiddleRe[twiddle];
                }
            }
        }
    }

    private static (float[] Re, float[] Im) Roots(int count, int order)
    {
        var re = new float[count];
        var im = new float[count];
        for (int i = 0; i < count; i++)
        {
            var (sin, cos) = Math.SinCos(-2 * Math.PI * i / order);
            re[i] = (float)cos;
            im[i] = (float)sin;
        }
        return (re, im);
    }
}
