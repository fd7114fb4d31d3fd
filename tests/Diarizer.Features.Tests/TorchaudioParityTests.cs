namespace Diarizer.Features.Tests;

/// <summary>Figures printed by reference/make_reference.py with torchaudio 0.13: every sixth mel bin of frames 0, 1 and 22.</summary>
public sealed class TorchaudioParityTests
{
    private static readonly int[] FrameIndices = [0, 1, 22];

    private static readonly float[][] Emphasised =
    [
        [-5.659438f, 2.901855f, -5.707640f, -5.811894f, -3.934719f, -3.661614f, -4.237081f],
        [-7.494776f, 2.910957f, -5.680011f, -5.361392f, -3.445860f, -4.814003f, -7.521680f],
        [-4.957317f, 2.907932f, -8.304326f, -5.840328f, -3.199247f, -4.921671f, -7.983058f],
    ];

    private static readonly float[][] Plain =
    [
        [0.239037f, 6.418251f, -4.911918f, -9.539429f, -4.031970f, -4.531359f, -6.314606f],
        [-2.162573f, 6.434979f, -3.097811f, -3.815074f, -3.099140f, -5.562284f, -7.166407f],
        [-4.953920f, 6.414565f, -3.296998f, -4.490523f, -3.298269f, -3.745946f, -4.547866f],
    ];

    // Every 24th bin.
    private static readonly float[][] Spectra =
    [
        [-3.840542f, -5.486694f, -7.062807f, -7.824428f, -8.278398f, -8.549484f, -8.685091f],
        [-3.716487f, -7.653108f, -10.332366f, -11.576140f, -12.222352f, -12.553732f, -12.701719f],
        [-4.028286f, -6.651107f, -6.401762f, -8.007881f, -8.620985f, -8.948316f, -9.105344f],
    ];

    [Fact]
    public void Log_mel_with_pre_emphasis() => Check(new LogMel(), Emphasised, 6, 1e-3);

    [Fact]
    public void Log_mel_without_pre_emphasis() => Check(new LogMel(new LogMelOptions { PreEmphasis = 0 }), Plain, 6, 1e-3);

    [Fact]
    public void Spectrogram_of_161_bins() => Check(new Spectrogram(), Spectra, 24, 5e-3);

    private static void Check(FrontEnd frontEnd, float[][] expected, int step, double tolerance)
    {
        var frames = TestSignals.Frames(frontEnd, TestSignals.TonesAndChirp(4_000));
        for (int i = 0; i < expected.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
                Assert.Equal(expected[i][j], frames[FrameIndices[i] * frontEnd.Bins + step * j], tolerance);
        }
    }
}
