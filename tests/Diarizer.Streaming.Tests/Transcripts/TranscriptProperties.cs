using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

/// <summary>What holds for all transcripts and turns.</summary>
public partial class TranscriptProperties
{
    private const int Runs = 400;

    private static void ForAll(Action<RandomTranscripts, IReadOnlyList<SpeakerSegment>> holds)
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            try
            {
                var transcripts = new RandomTranscripts(seed);
                holds(transcripts, transcripts.Turns());
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"With seed {seed}: {e.Message}", e);
            }
        }
    }

    private static string Label(string text, string name, IReadOnlyList<SpeakerSegment> turns, LabelOptions? options = null) =>
        Encoding.UTF8.GetString(Transcript.Read(Encoding.UTF8.GetBytes(text), name).Label(turns, options ?? new LabelOptions()).Content.Span);

    private static (string Name, string Text)[] All(RandomTranscripts random) => [("a.srt", random.Srt()), ("a.vtt", random.Vtt()), ("a.json", random.Json()), ("a.ctm", random.Ctm())];

    [Fact]
    public void Without_labels_nothing_changes() => ForAll((random, _) => Assert.All(All(random), t => Assert.Equal(t.Text, Label(t.Text, t.Name, [], Labelling.Silent))));

    [Fact]
    public void No_text_is_lost_in_subtitles() => ForAll((random, turns) =>
    {
        foreach (var (name, text) in All(random)[..2])
            Assert.Equal(Spoken(text), Spoken(Label(text, name, turns)));
    });

    [Fact]
    public void No_text_is_lost_in_json_and_words_stay_whole() => ForAll((random, turns) =>
    {
        var text = random.Json();
        var (before, after) = (JsonDocument.Parse(text).RootElement, JsonDocument.Parse(Label(text, "a.json", turns)).RootElement);
        foreach (var part in new[] { "text", "tokens" })
            Assert.Equal(Joined(before, part), Joined(after, part));
        Assert.Equal(Words(before), Words(after));
        var ids = after.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("id").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(0, ids.Count), ids);
    });

    [Fact]
    public void Only_the_last_fields_of_a_ctm_line_are_added() => ForAll((random, turns) =>
    {
        var text = random.Ctm();
        foreach (var (before, after) in text.Split('\n').Zip(Label(text, "a.ctm", turns).Split('\n')))
        {
            Assert.StartsWith(before.TrimEnd('\r'), after, StringComparison.Ordinal);
            Assert.True(before.Length == 0 || after.Split(' ').Length == 8, after);
        }
    });

    [Fact]
    public void Pieces_lie_in_their_cue_in_order_and_have_a_length() => ForAll((random, turns) =>
    {
        foreach (var (name, text) in All(random)[..2])
        {
            var before = Timings().Matches(text).Select(m => (Start: m.Groups[1].Value, End: m.Groups[2].Value)).ToList();
            var cue = -1;
            var time = "";
            foreach (var (start, end) in Timings().Matches(Label(text, name, turns)).Select(m => (m.Groups[1].Value, m.Groups[2].Value)))
            {
                if (cue < 0 || time == before[cue].End)
                {
                    Assert.Equal(before[++cue].Start, start);
                    time = start;
                }

                Assert.True(string.CompareOrdinal(time, start) <= 0 && string.CompareOrdinal(start, end) <= 0 && string.CompareOrdinal(end, before[cue].End) <= 0);
                Assert.True(start != end || before[cue].Start == before[cue].End);
                time = end;
            }

            Assert.Equal(before.Count - 1, cue);
        }
    });

    [Fact]
    public void Numbers_count_on() => ForAll((random, turns) =>
    {
        var text = random.Srt();
        var before = Numbers().Matches(text).Select(m => int.Parse(m.Groups[1].Value)).ToList();
        var after = Numbers().Matches(Label(text, "a.srt", turns)).Select(m => int.Parse(m.Groups[1].Value)).ToList();
        Assert.Equal(Enumerable.Range(before.FirstOrDefault(), after.Count), after);
    });

    [Fact]
    public void What_is_written_is_read_again_with_the_same_words() => ForAll((random, turns) =>
    {
        foreach (var (name, text) in All(random))
        {
            var first = Transcript.Read(Encoding.UTF8.GetBytes(text), name).Label(turns, new LabelOptions());
            var second = Transcript.Read(first.Content, name).Label(turns, new LabelOptions());
            Assert.Equal(first.Summary.Words, second.Summary.Words);
            Assert.Equal(first.Summary.Cues + first.Summary.Splits, second.Summary.Cues);
        }
    });

    [Fact]
    public void A_word_with_times_belongs_to_whoever_speaks_longest() => ForAll((random, turns) =>
    {
        var options = new LabelOptions { Jitter = 0, NearestTurn = 0, Split = false };
        foreach (var line in Label(random.Ctm(), "a.ctm", turns, options).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(' ')))
        {
            var (start, end) = (double.Parse(line[2]), double.Parse(line[2]) + double.Parse(line[3]));
            var most = new[] { "A", "B", "C", "unknown" }.Max(speaker => Spoken(turns, speaker, start, end));
            if (most > 0.001)
                Assert.InRange(Spoken(turns, line[7], start, end), most - 1e-6, end - start + 1e-6);
        }
    });

    [Fact]
    public void Damaged_files_are_read_or_refused_with_a_sentence()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            foreach (var (name, text) in All(new RandomTranscripts(seed)))
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                for (var i = random.Next(1, 6); i > 0 && bytes.Length > 0; i--)
                    bytes = Damaged(bytes, random);
                try
                {
                    Transcript.Read(bytes, name).Label(new RandomTranscripts(seed).Turns(), new LabelOptions());
                }
                catch (UserErrorException e)
                {
                    Assert.Contains(name, e.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var (at, other) = (random.Next(bytes.Length), random.Next(bytes.Length));
        return random.Next(4) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], .. bytes[Math.Min(at, other)..]],
            _ => [.. bytes[..Math.Min(at, other)], .. bytes[Math.Max(at, other)..]],
        };
    }

    // The text of subtitles without what labelling may add: numbers, ids, times, labels, tags and blanks.
    private static string Spoken(string text) => Blanks().Replace(Tags().Replace(Labels().Replace(Headers().Replace(text.ReplaceLineEndings("\n"), "\n"), ""), ""), "");

    // Overlapping turns of a speaker count once.
    private static double Spoken(IReadOnlyList<SpeakerSegment> turns, string speaker, double start, double end)
    {
        var seconds = 0.0;
        foreach (var turn in turns.Where(t => t.Speaker == speaker).OrderBy(t => t.Start))
        {
            seconds += Math.Max(0, Math.Min(end, turn.End) - Math.Max(start, turn.Start));
            start = Math.Max(start, turn.End);
        }

        return seconds;
    }

    private static string Joined(JsonElement root, string part) =>
        string.Concat(root.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty(part))
            .Select(p => p.ValueKind == JsonValueKind.String ? p.GetString() : string.Join(',', p.EnumerateArray())));

    private static List<string> Words(JsonElement root) =>
    [
        .. root.GetProperty("segments").EnumerateArray().SelectMany(s => s.TryGetProperty("words", out var words) ? words.EnumerateArray().ToArray() : [])
            .Select(w => string.Join('|', w.EnumerateObject().Where(m => m.Name != "speaker").Select(m => m.Value.GetRawText()))),
    ];

    [GeneratedRegex(@"(\S+) --> (\S+)")]
    private static partial Regex Timings();

    [GeneratedRegex(@"^(\d+)\r?\n\d\d:\d\d:", RegexOptions.Multiline)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^(\d+\n|cue [\d-]+\n)?\S+ --> .*\n", RegexOptions.Multiline)]
    private static partial Regex Headers();

    [GeneratedRegex(@"^\[(A|B|C|unknown)\]: |<v (A|B|C|unknown)>", RegexOptions.Multiline)]
    private static partial Regex Labels();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();
}
