using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

/// <summary>Ten hours of speech, and files made to be slow: seconds, and not much memory.</summary>
public class LongTranscriptTests
{
    private const int Seconds = 36_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly IReadOnlyList<SpeakerSegment> Turns = [.. Enumerable.Range(0, Seconds / 3).Select(i => new SpeakerSegment("talk", $"S{i * 7 % 5}", 3 * i, (3 * i) + 2.9))];

    private static LabelSummary Label(string text, string name, IReadOnlyList<SpeakerSegment> turns)
    {
        var clock = Stopwatch.StartNew();
        var summary = Transcript.Read(Encoding.UTF8.GetBytes(text), name).Label(turns, new LabelOptions()).Summary;
        // It takes about a second; the rest is for a machine that does much else as well.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        return summary;
    }

    [Fact]
    public void Ten_hours_of_words_with_times()
    {
        var segments = Enumerable.Range(0, Seconds / 5).Select(i => new
        {
            id = i,
            start = 5 * i,
            end = (5 * i) + 5,
            text = string.Concat(Enumerable.Repeat(" word", 13)),
            words = Enumerable.Range(0, 13).Select(w => new { word = " word", start = (5 * i) + (0.38 * w), end = (5 * i) + (0.38 * w) + 0.36, probability = 0.9 }),
        });
        var summary = Label(JsonSerializer.Serialize(new { segments }, Indented), "talk.json", Turns);
        Assert.Equal((7200, 93_600, 0), (summary.Cues, summary.Words, summary.Unknown));
        Assert.True(summary.Splits > 7200);
    }

    [Fact]
    public void Ten_hours_of_subtitles()
    {
        var text = new StringBuilder();
        var words = string.Join(' ', Enumerable.Repeat("word", 13));
        for (var i = 0; i < Seconds / 5; i++)
        {
            var (start, end) = (TimeSpan.FromSeconds(5 * i), TimeSpan.FromSeconds((5 * i) + 5));
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n{start:hh\\:mm\\:ss},000 --> {end:hh\\:mm\\:ss},000\n{words}\n\n");
        }

        Assert.Equal(93_600, Label(text.ToString(), "talk.srt", Turns).Words);
    }

    [Theory]
    [InlineData("<", 1_000_000)]
    [InlineData("<i>", 300_000)]
    [InlineData("{\\", 500_000)]
    [InlineData("[a]: ", 200_000)]
    [InlineData("a ", 500_000)]
    [InlineData("<i>a </i> ", 100_000)]
    [InlineData("\n\n1\n", 200_000)]
    public void One_huge_cue(string part, int times) =>
        Label("1\n00:00:00,000 --> 09:59:59,000\n" + string.Concat(Enumerable.Repeat(part, times)), "talk.srt", Turns);

    [Fact]
    public void A_cue_that_would_grow_without_end_is_refused()
    {
        var text = $"WEBVTT\n\n00:00.000 --> 09:59:59.000 {new string('x', 100_000)}\n{string.Concat(Enumerable.Repeat("a ", 100_000))}\n";
        Assert.Contains("without splitting", Assert.Throws<UserErrorException>(() => Label(text, "talk.vtt", Turns)).Message, StringComparison.Ordinal);
    }
}
