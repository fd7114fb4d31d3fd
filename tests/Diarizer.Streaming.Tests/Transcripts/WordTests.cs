using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

/// <summary>Who says a word. CTM shows it without anything else in the way.</summary>
public class WordTests
{
    private static string Speakers(string words, string turns, LabelOptions? options = null)
    {
        var lines = words.Split(", ").Select((time, i) => $"talk 1 {Start(time)} {double.Parse(time.Split('-')[1]) - Start(time)} w{i}");
        return string.Join(' ', Labelling.Label(string.Join('\n', lines), "talk.ctm", turns, options).Split('\n').Select(line => line.Split(' ')).Select(f => f.Length > 7 ? f[7] : "."));
    }

    private static double Start(string time) => double.Parse(time.Split('-')[0]);

    [Theory]
    [InlineData("1-2", "ann 0-1.6, bob 1.6-3", "ann")]
    [InlineData("1-2", "ann 0-1.4, bob 1.4-3", "bob")]
    [InlineData("1-2", "ann 1-1.3, bob 1.3-1.7, ann 1.7-2", "ann")]
    [InlineData("1-2", "ann 1-1.4, ann 1.1-1.5, bob 1.45-2", "bob")]
    public void The_one_who_speaks_longest_during_it(string words, string turns, string speaker) => Assert.Equal(speaker, Speakers(words, turns));

    [Theory]
    [InlineData("1-2, 2-3", "bob 2-4, ann 0-3", "ann ann")]
    [InlineData("1-2, 2-3", "ann 2-3, bob 0-4", "bob bob")]
    [InlineData("1-2, 2-3, 3-4", "bob 2-3, ann 0-3, bob 3-4", "ann ann bob")]
    public void If_two_speak_as_long_the_one_who_goes_on(string words, string turns, string speakers) => Assert.Equal(speakers, Speakers(words, turns, new LabelOptions { Jitter = 0 }));

    [Theory]
    [InlineData("1-2", "ann 2.9-4", "ann")]
    [InlineData("1-2", "ann 3.1-4", "unknown")]
    [InlineData("5-6", "ann 0-4.1, bob 6.5-7", "bob")]
    [InlineData("5-6", "ann 0-4.4, bob 6.5-7", "bob")]
    [InlineData("3.5-4, 5-6", "ann 3-4.5, bob 6.5-7", "ann ann")]
    [InlineData("1.5-1.5", "ann 1-2, bob 1.9-3", "ann")]
    [InlineData("1-2", "", "unknown")]
    public void Outside_all_turns_the_nearest_within_the_bound(string words, string turns, string speakers) => Assert.Equal(speakers, Speakers(words, turns));

    [Fact]
    public void The_bound_and_the_label_of_nobody_are_options()
    {
        Assert.Equal("ann", Speakers("1-2", "ann 7-8", new LabelOptions { NearestTurn = 5 }));
        Assert.Equal("unknown", Speakers("1-2", "ann 2.001-8", new LabelOptions { NearestTurn = 0 }));
        Assert.Equal("nobody_here", Speakers("1-2", "", new LabelOptions { Unknown = "nobody here" }));
        Assert.Equal(".", Speakers("1-2", "", new LabelOptions { Unknown = " " }));
    }

    [Fact]
    public void Turns_that_nobody_was_found_for_are_nobodys() => Assert.Equal("unknown ann", Speakers("1-2, 2-3", "unknown 0-2, ann 2-3"));

    [Theory]
    [InlineData("1-1.3, 1.3-1.6, 1.6-1.9", "ann 0-1.4, bob 1.4-1.6, ann 1.6-3", "ann ann ann")]
    [InlineData("1-1.3, 1.3-1.6, 1.6-1.9", "ann 0-1.3, bob 1.3-1.6, ann 1.6-3", "ann bob ann")]
    [InlineData("1-1.3, 1.3-1.6, 1.6-1.9", "ann 0-1.4, bob 1.4-1.6, cyd 1.6-3", "ann bob cyd")]
    [InlineData("1-1.3, 2.3-2.5, 3.5-3.9", "ann 0-1.4, bob 2.3-2.5, ann 3.5-4", "ann bob ann")]
    public void A_word_between_is_not_split_off_for_a_jitter(string words, string turns, string speakers) => Assert.Equal(speakers, Speakers(words, turns));

    [Theory]
    [InlineData("aaaa aaaa. bbbb bbbb", "ann 0-1.4, bob 1.4-4", "aaaa aaaa.|bbbb bbbb")]
    [InlineData("aaaa aaaa. bbbb bbbb", "ann 0-2.6, bob 2.6-4", "aaaa aaaa.|bbbb bbbb")]
    [InlineData("aaaa aaaa bbbb bbbb", "ann 0-1.1, bob 1.1-4", "aaaa|aaaa bbbb bbbb")]
    [InlineData("aaaa bbbb bbbb bbbb.", "ann 0-1.1, bob 1.1-4", "aaaa|bbbb bbbb bbbb.")]
    [InlineData("aaaa. bbbb bbbb bbbb.", "ann 0-1.2, bob 1.2-4", "aaaa.|bbbb bbbb bbbb.")]
    [InlineData("aaaa. aaaa bbbb. bbbb", "ann 0-2, bob 2-4", "aaaa.|aaaa bbbb. bbbb")]
    [InlineData("aaaa aaaa aaaa bbbb", "ann 0-3, bob 3-4", "aaaa aaaa aaaa|bbbb")]
    [InlineData("aaaa. aaaa bbbb bbbb bbbb bbbb bbbb bbbb", "ann 0-2.5, bob 2.5-4", "aaaa. aaaa bbbb bbbb bbbb|bbbb bbbb bbbb")]
    public void Where_times_are_estimated_a_change_moves_to_the_end_of_a_sentence_nearby(string text, string turns, string pieces)
    {
        var output = Labelling.Label($"1\n00:00:00,000 --> 00:00:04,000\n{text}\n", "talk.srt", turns, new LabelOptions { SentenceEnd = 1.2 });
        Assert.Equal(pieces, string.Join('|', output.Split('\n').Where(line => line.StartsWith('[')).Select(line => line[7..])));
    }

    [Fact]
    public void A_cue_is_not_split_into_pieces_too_short_to_be_shown() =>
        Assert.Contains("[bob]: aaaa bbbb bbbb", Labelling.Label("1\n00:00:00,000 --> 00:00:00,001\naaaa bbbb bbbb\n", "talk.srt", "ann 0-0.0003, bob 0.0003-1"), StringComparison.Ordinal);
}
