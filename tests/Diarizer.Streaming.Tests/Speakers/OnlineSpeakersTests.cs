using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

public class OnlineSpeakersTests
{
    private static readonly SpeakerOptions Options = new() { Maximum = 2, MinimumNewSpeakerSpeech = 1, MergeThreshold = 0.8 };

    private static SpeakerModel Heard(OnlineSpeakers speakers, double seconds, params float[] embedding)
    {
        var model = speakers.Create(0);
        model.Speech = (long)(seconds * 16_000);
        model.Add(new Exemplar(embedding, seconds));
        return model;
    }

    [Fact]
    public void A_voice_is_named_once_enough_was_heard()
    {
        var speakers = new OnlineSpeakers(Options, 2);
        Assert.False(speakers.IsReadyForName(Heard(speakers, 0.9, 1, 0)));
        var model = Heard(speakers, 1, 0, 1);
        Assert.True(speakers.IsReadyForName(model));
        Assert.Same(model, speakers.NameOrMerge(model));
        Assert.False(speakers.IsReadyForName(model));
        Assert.Equal(1, Assert.Single(speakers.Summaries()).Id);
    }

    [Fact]
    public void A_voice_that_proves_to_be_somebody_named_joins_them()
    {
        var speakers = new OnlineSpeakers(Options, 2);
        var named = speakers.NameOrMerge(Heard(speakers, 5, 1, 0));
        Assert.Same(named, speakers.NameOrMerge(Heard(speakers, 1, 0.96f, 0.28f)));
        var summary = Assert.Single(speakers.Summaries());
        Assert.Equal((6.0, 2), (summary.SpeechSeconds, summary.Exemplars));
    }

    [Fact]
    public void A_full_house_forgets_whom_it_knows_least()
    {
        var speakers = new OnlineSpeakers(Options, 2);
        var named = speakers.NameOrMerge(Heard(speakers, 2, 1, 0));
        Heard(speakers, 30, 0, 1);
        var third = speakers.Create(2);
        Assert.Equal([named, third], speakers.Models);
    }
}
