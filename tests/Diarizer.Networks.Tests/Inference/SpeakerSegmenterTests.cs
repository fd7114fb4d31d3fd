using Diarizer.Features;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Segmentation;
using Diarizer.Networks.Tests.Segmentation;
using Diarizer.Networks.VoiceActivity;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Inference;

public sealed class SpeakerSegmenterTests
{
    private static readonly LogMelOptions FrontEnd = new();

    [Theory]
    [InlineData(80_000)]
    [InlineData(79_999)]
    [InlineData(16_123)]
    public void A_speaker_talks_in_every_class_that_holds_them(int length)
    {
        using var scope = NewDisposeScope();
        var network = SegmentationNetworkTests.Evaluated();
        var samples = TestSignals.Noise(length);
        var logMel = new LogMel(FrontEnd);
        var frames = new float[logMel.FrameCount(length) * 40];
        logMel.Compute(samples, frames);
        var classes = TestSignals.Values(network.call(tensor(frames).reshape(1, -1, 40)).softmax(2));

        using var segmenter = new SpeakerSegmenter(network, FrontEnd);
        int count = segmenter.FrameCount(length);
        var activity = Segment(segmenter, samples);
        Assert.Equal(classes.Length, count * 7);
        // Classes: nobody, 0, 1, 2, 0 and 1, 0 and 2, 1 and 2.
        for (int i = 0; i < count; i++)
        {
            var p = classes.AsSpan(i * 7, 7);
            Assert.Equal(p[1] + p[4] + p[5], activity[i * 3], 1e-5);
            Assert.Equal(p[2] + p[4] + p[6], activity[i * 3 + 1], 1e-5);
            Assert.Equal(p[3] + p[5] + p[6], activity[i * 3 + 2], 1e-5);
        }
        Assert.All(activity, p => Assert.InRange(p, 0, 1 + 1e-6f));
    }

    [Fact]
    public void A_frame_is_20_ms_long()
    {
        using var segmenter = Segmenter();
        Assert.Equal((3, 320), (segmenter.Speakers, segmenter.FrameSamples));
        Assert.InRange(segmenter.FrameCount(80_000) * 320, 79_000, 80_640);
        Assert.Equal(4, segmenter.FrameCount(segmenter.MinimumSamples));
    }

    [Fact]
    public void A_model_that_was_saved_says_the_same_when_it_is_loaded()
    {
        using var folder = new TemporaryFolder();
        using var network = SegmentationNetworkTests.Evaluated();
        network.SetDeviation([.. Enumerable.Range(0, 40).Select(i => 1 + i / 40f)]);
        ModelFile.Save(folder.File("s.safetensors"), Card(), network);
        Assert.Contains("\"speaker-segmentation\"", File.ReadAllText(folder.File("s.json")), StringComparison.Ordinal);
        Assert.Equal([SegmentationNetwork.NetworkName], NetworkRegistry.Names(ModelKind.Segmentation));
        Assert.IsType<SegmentationNetwork>(ModelFile.Load(folder.File("s.json"), ModelKind.Segmentation).Network).Dispose();

        var samples = TestSignals.Noise(32_000);
        using var own = new SpeakerSegmenter(network, FrontEnd);
        using var loaded = SpeakerSegmenter.Load(folder.File("s.safetensors"));
        Assert.Equal(Segment(own, samples), Segment(loaded, samples));
    }

    [Theory]
    [InlineData("\"speaker-segmentation\"", "\"voice-activity\"", "is for voice activity, not for speaker segmentation")]
    [InlineData("conv-blstm-powerset", "conv-gru-vad", "names the network conv-gru-vad, which is not one for speaker segmentation; conv-blstm-powerset is.")]
    [InlineData("\"melBins\": 40", "\"melBins\": 64", "64 mel bins but the network takes 40")]
    [InlineData("\"hop\": 160", "\"hop\": 200", "a hop of 160 samples at 16000 Hz; correct its card.")]
    [InlineData("\"layers\": 1", "\"layer\": 1", "do not fit conv-blstm-powerset")]
    [InlineData("\"layers\": 1", "\"layers\": 2", "lacks the tensor blstm.")]
    [InlineData("\"simultaneous\": 2", "\"simultaneous\": 4", "Simultaneous is 4; it must be 1 to 3.")]
    public void A_card_that_does_not_fit_has_its_sentence(string found, string replacement, string expected)
    {
        using var folder = new TemporaryFolder();
        using (var network = SegmentationNetworkTests.Evaluated())
            ModelFile.Save(folder.File("s.safetensors"), Card(), network);
        string card = File.ReadAllText(folder.File("s.json"));
        int at = card.LastIndexOf(found, StringComparison.Ordinal);
        Assert.True(at >= 0, card);
        File.WriteAllText(folder.File("s.json"), card[..at] + replacement + card[(at + found.Length)..]);
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => SpeakerSegmenter.Load(folder.File("s.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_no_segmenter()
    {
        using var folder = new TemporaryFolder();
        using var network = new VadNetwork();
        ModelFile.Save(folder.File("v.safetensors"), new ModelCard { Name = "v", Kind = ModelKind.VoiceActivity, Network = VadNetwork.NetworkName }, network);
        Assert.Contains("is for voice activity, not for speaker segmentation", Assert.Throws<UserErrorException>(() => SpeakerSegmenter.Load(folder.File("v.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_threads_get_what_one_gets()
    {
        using var segmenter = Segmenter();
        float[][] samples = [TestSignals.Noise(32_000), TestSignals.Noise(24_000, 2)];
        float[][] expected = [.. samples.Select(s => Segment(segmenter, s))];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => Assert.Equal(expected[i % 2], Segment(segmenter, samples[i % 2])));
    }

    [Fact]
    public void Too_few_samples_or_too_little_room_is_an_argument_error()
    {
        using var segmenter = Segmenter();
        int least = segmenter.MinimumSamples;
        Assert.Contains($"at least {least}", Assert.Throws<ArgumentException>(() => segmenter.Segment(new float[least - 1], new float[12])).Message, StringComparison.Ordinal);
        Assert.Contains("room for 12 values, not 11", Assert.Throws<ArgumentException>(() => segmenter.Segment(new float[least], new float[11])).Message, StringComparison.Ordinal);
        segmenter.Segment(new float[least], new float[12]);
    }

    [Fact]
    public void What_lies_behind_the_last_frame_is_left_alone()
    {
        using var segmenter = Segmenter();
        float[] room = new float[1_000];
        room.AsSpan().Fill(7);
        segmenter.Segment(TestSignals.Noise(16_000), room);
        Assert.All(room[(segmenter.FrameCount(16_000) * 3)..], x => Assert.Equal(7, x));
    }

    private static ModelCard Card() =>
        new ModelCard { Name = "s", Kind = ModelKind.Segmentation, Network = SegmentationNetwork.NetworkName, FrontEnd = FrontEnd }.WithNetworkOptions(SegmentationNetworkTests.Small);

    private static SpeakerSegmenter Segmenter() => new(SegmentationNetworkTests.Evaluated(), FrontEnd);

    private static float[] Segment(SpeakerSegmenter segmenter, float[] samples)
    {
        var activity = new float[segmenter.FrameCount(samples.Length) * segmenter.Speakers];
        segmenter.Segment(samples, activity);
        return activity;
    }
}
