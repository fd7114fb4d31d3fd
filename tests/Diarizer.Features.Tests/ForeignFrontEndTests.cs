namespace Diarizer.Features.Tests;

/// <summary>Front ends of other trainers. Figures printed by reference/make_foreign_reference.py: every sixth band of frames 0, 1, 12 and the last.</summary>
public sealed class ForeignFrontEndTests
{
    private static readonly LogMelOptions Centred = new() { Edges = FrameEdges.Mirrored, LowestHertz = 0, HighestHertz = 8_000, PreEmphasis = 0 };

    [Fact]
    public void Torchaudio_centred() => Check(
        Centred with { Window = WindowShape.Hann },
        TestSignals.TonesAndChirp(4_000),
        26,
        [4.830139f, 6.308266f, 1.175940f, -3.204829f, 2.146953f, 1.010626f, -0.645969f],
        [0.343225f, 5.708871f, -3.337731f, -7.300489f, -2.502348f, -3.687922f, -5.343931f],
        [-9.924180f, 5.692064f, -1.859558f, -10.640350f, -8.820216f, -13.117197f, -13.813854f],
        [2.918188f, 6.483634f, 1.023415f, -1.552809f, -1.690478f, -0.105179f, -1.514019f]);

    [Fact]
    public void Torchaudio_centred_after_pre_emphasis() => Check(
        Centred with { PreEmphasis = 0.97f },
        TestSignals.TonesAndChirp(4_000),
        26,
        [-4.030644f, 2.391321f, -1.167606f, -1.579904f, -0.194504f, 1.717582f, 1.476520f],
        [-5.996624f, 2.179462f, -4.931412f, -4.542053f, -2.971420f, -1.787557f, -2.079325f],
        [-5.272120f, 2.169959f, -3.976853f, -5.771790f, -3.361769f, -4.919967f, -7.087576f],
        [-0.348022f, 1.577124f, -0.389129f, 1.114935f, 1.830021f, 1.233012f, -0.445884f]);

    [Fact]
    public void Kaldi() => Check(
        new LogMelOptions { Window = WindowShape.SymmetricHamming, Filters = FilterShape.Mel, HighestHertz = 8_000, FramesAlone = true, Floor = 1e-16f, FloorIsLeast = true },
        TestSignals.TonesAndChirp(4_000),
        23,
        [-5.606432f, 3.180367f, -6.340138f, -6.327332f, -3.447508f, -4.435411f, -5.647351f],
        [-6.653677f, 3.185612f, -5.880225f, -5.598660f, -3.239283f, -4.838601f, -6.504006f],
        [-5.174934f, 3.185539f, -6.781400f, -5.397220f, -3.272734f, -4.745438f, -6.221475f],
        [-5.241396f, 3.185192f, -8.542246f, -6.067445f, -3.033562f, -4.906125f, -6.459012f]);

    [Fact]
    public void SpeechBrain()
    {
        var fading = TestSignals.TonesAndChirp(4_000);
        for (int n = 2_000; n < fading.Length; n++)
            fading[n] *= 1e-5f;
        Check(
            new LogMelOptions
            {
                Edges = FrameEdges.Silent,
                DftSize = 400,
                Filters = FilterShape.Symmetric,
                LowestHertz = 0,
                HighestHertz = 8_000,
                PreEmphasis = 0,
                Floor = 1e-10f,
                FloorIsLeast = true,
                Decibels = true,
                DynamicRange = 80,
            },
            fading,
            26,
            [14.216928f, 21.354919f, -2.172335f, -21.162693f, 2.005540f, -2.771579f, -10.007355f],
            [1.227876f, 21.473343f, -21.010866f, -24.046692f, -14.186405f, -17.569433f, -25.395090f],
            [3.592243f, 22.820644f, -8.578992f, -11.763177f, -2.059167f, -5.377979f, -12.151525f],
            [-48.072578f, -48.072578f, -48.072578f, -48.072578f, -48.072578f, -48.072578f, -48.072578f]);
    }

    [Fact]
    public void Centred_frames_need_more_than_half_a_window()
    {
        var frontEnd = new LogMel(Centred);
        Assert.Equal((0, 2, 26), (frontEnd.FrameCount(200), frontEnd.FrameCount(201), frontEnd.FrameCount(4_000)));
        Assert.Equal((0, 201, 4_000), (frontEnd.SampleCount(0), frontEnd.SampleCount(1), frontEnd.SampleCount(26)));
        Assert.All(TestSignals.Frames(frontEnd, TestSignals.Noise(201)), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Frames_that_need_the_whole_recording_are_no_stream()
    {
        foreach (var options in (LogMelOptions[])[Centred, Centred with { Edges = FrameEdges.Silent }, new() { DynamicRange = 80 }])
        {
            Assert.False(new LogMel(options).CanStream);
            Assert.Throws<ArgumentException>(() => new FrameStream(new LogMel(options)));
        }
        Assert.True(new LogMel().CanStream);
        Assert.True(new Spectrogram().CanStream);
    }

    private static void Check(LogMelOptions options, float[] samples, int frames, params float[][] expected)
    {
        var frontEnd = new LogMel(options);
        var given = TestSignals.Frames(frontEnd, samples);
        Assert.Equal(frames * options.MelBins, given.Length);
        int[] rows = [0, 1, 12, frames - 1];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < expected[i].Length; j++)
                Assert.Equal(expected[i][j], given[rows[i] * options.MelBins + 6 * j], 5e-3);
        }
    }
}
