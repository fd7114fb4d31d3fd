namespace Diarizer.Training.Augmentation;

/// <summary>The 8-bit companding of telephony (ITU-T G.711, continuous form rounded to 8 bits).</summary>
internal static class Companding
{
    private const float Mu = 255, A = 87.6f;
    private static readonly float LogMu = MathF.Log(1 + Mu), _logA = 1 + MathF.Log(A);

    public static void MuLaw(Span<float> samples)
    {
        foreach (ref float x in samples)
        {
            float code = MathF.Round(MathF.Log(1 + Mu * MathF.Min(MathF.Abs(x), 1)) / LogMu * 127) / 127;
            x = MathF.CopySign((MathF.Exp(code * LogMu) - 1) / Mu, x);
        }
    }

    public static void ALaw(Span<float> samples)
    {
        foreach (ref float x in samples)
        {
            float size = MathF.Min(MathF.Abs(x), 1);
            float code = size < 1 / A ? A * size / _logA : (1 + MathF.Log(A * size)) / _logA;
            code = MathF.Round(code * 127) / 127;
            x = MathF.CopySign(code < 1 / _logA ? code * _logA / A : MathF.Exp(code * _logA - 1) / A, x);
        }
    }
}
