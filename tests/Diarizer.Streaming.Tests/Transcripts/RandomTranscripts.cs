using System.Globalization;
using System.Text;
using System.Text.Json;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Transcripts;

/// <summary>Transcripts of every kind that programs write, and turns that fit them more or less.</summary>
internal sealed class RandomTranscripts(int seed)
{
    private static readonly string[] Vocabulary =
    [
        "tea", "kettle", "a", "I", "spoon.", "milk?", "sugar!", "\u00E9clair", "caf\u00E9,", "-", "12", "o'clock", "(well)", "\u266A",
        "\u8336\u3002\u597D", "\U0001F375", "don\u2019t", "th\u00E9\u00A0?", "...", "$5",
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Random _random = new(seed);

    public string LineEnd => seed % 3 == 0 ? "\r\n" : "\n";

    public IReadOnlyList<SpeakerSegment> Turns()
    {
        var turns = new List<SpeakerSegment>();
        var at = 0.0;
        for (var i = _random.Next(0, 25); i > 0; i--)
        {
            at = Math.Max(0, at + (_random.NextDouble() * 3) - 1);
            var end = at + 0.05 + (_random.NextDouble() * 3);
            turns.Add(new SpeakerSegment("talk", _random.Next(12) == 0 ? "unknown" : "ABC"[_random.Next(3)].ToString(), at, end));
            at = end;
        }

        return turns;
    }

    public string Srt()
    {
        var text = new StringBuilder();
        var number = _random.Next(3);
        foreach (var (start, end) in Times())
        {
            if (seed % 5 != 0)
                text.Append(++number).Append(LineEnd);
            text.Append(Clock(start, ',', true)).Append(" --> ").Append(Clock(end, ',', true)).Append(LineEnd);
            text.Append(Marked("<i>", "</i>", "<font color=red>", "</font>")).Append(LineEnd).Append(LineEnd);
        }

        return text.ToString();
    }

    public string Vtt()
    {
        var text = new StringBuilder("WEBVTT").Append(LineEnd).Append(LineEnd);
        var number = 0;
        foreach (var (start, end) in Times())
        {
            if (_random.Next(6) == 0)
                text.Append("NOTE made at random").Append(LineEnd).Append(LineEnd);
            if (seed % 4 == 0)
                text.Append("cue ").Append(++number).Append(LineEnd);
            text.Append(Clock(start, '.', seed % 2 == 0)).Append(" --> ").Append(Clock(end, '.', seed % 2 == 0)).Append(_random.Next(2) == 0 ? " align:start" : "").Append(LineEnd);
            text.Append(Marked("<c.red>", "</c>", $"<{Clock((start + end) / 2, '.', false)}>", "<b></b>")).Append(LineEnd).Append(LineEnd);
        }

        return text.ToString();
    }

    public string Json()
    {
        var segments = new List<object>();
        foreach (var (start, end) in Times())
        {
            var words = Words();
            var text = string.Concat(words.Select(w => " " + w));
            var timed = words.Select((w, i) => TimedWord(w, start + ((end - start) * i / words.Length), start + ((end - start) * (i + 0.8) / words.Length))).ToArray();
            segments.Add(_random.Next(3) == 0
                ? new { id = segments.Count, start, end, text, tokens = new[] { 1, 2 }, avg_logprob = -0.25 }
                : new { id = segments.Count, start, end, text, tokens = new[] { 1, 2 }, words = timed });
        }

        return JsonSerializer.Serialize(new { segments, language = "en" }, seed % 2 == 0 ? Indented : null);
    }

    public string Ctm()
    {
        var text = new StringBuilder();
        foreach (var (start, end) in Times())
        {
            foreach (var word in Words())
            {
                var confidence = _random.Next(2) == 0 ? " 0.9" : "";
                text.Append(CultureInfo.InvariantCulture, $"talk 1 {start:F2} {end - start:F2} {word.Replace('\u00A0', '_')}{confidence}").Append(LineEnd);
            }
        }

        return text.ToString();
    }

    private object TimedWord(string word, double start, double end) =>
        _random.Next(8) == 0 ? new { word } : new { word = " " + word, start = Math.Round(start, 2), end = Math.Round(end, 2) };

    private IEnumerable<(double Start, double End)> Times()
    {
        var at = 0.0;
        for (var i = _random.Next(1, 12); i > 0; i--)
        {
            at = Math.Round(at + (_random.Next(3) * 0.4), 3);
            var end = Math.Round(at + (_random.Next(8) == 0 ? 0.002 : _random.NextDouble() * 5), 3);
            yield return (at, end);
            at = end;
        }
    }

    private string[] Words() => [.. Enumerable.Range(0, _random.Next(1, 14)).Select(_ => Vocabulary[_random.Next(Vocabulary.Length)])];

    // Words between which there are blanks, line ends and tags.
    private string Marked(params string[] tags)
    {
        var text = new StringBuilder();
        foreach (var word in Words())
        {
            if (text.Length > 0)
                text.Append(_random.Next(5) == 0 ? LineEnd : " ");
            var tag = _random.Next(12);
            text.Append(tag < tags.Length ? tags[tag] + word : tag < 2 * tags.Length ? word + tags[tag - tags.Length] : word);
        }

        return text.ToString();
    }

    private static string Clock(double seconds, char mark, bool hours) =>
        TimeSpan.FromSeconds(seconds).ToString($@"{(hours ? @"hh\:" : "")}mm\:ss\{mark}fff", CultureInfo.InvariantCulture);
}
