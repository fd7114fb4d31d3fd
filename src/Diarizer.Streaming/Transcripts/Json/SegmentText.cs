using Diarizer.Streaming.Transcripts.Subtitles;
using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>Where the words of a segment are in its text.</summary>
internal static class SegmentText
{
    /// <summary>Start and end of the words that a text without word times has.</summary>
    public static List<(int Start, int End)> Words(string text)
    {
        var parsed = CueText.Parse(text, Markup.None);
        return [.. parsed.Words.Select(w => (parsed.Tokens[w.First].Start, parsed.Tokens[w.Last].End))];
    }

    /// <summary>Start and end of each given word, or null if the text is not these words with white space between.</summary>
    public static List<(int Start, int End)>? Locate(string text, IEnumerable<string> words)
    {
        var places = new List<(int Start, int End)>();
        var at = 0;
        foreach (var word in words.Select(w => w.Trim()))
        {
            at = SkipBlanks(text, at);
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
                return null;
            places.Add((at, at + word.Length));
            at += word.Length;
        }

        return SkipBlanks(text, at) == text.Length ? places : null;
    }

    /// <summary>Cuts between words. White space goes with the word behind it, as whisper writes it, unless the text as a whole begins with none.</summary>
    /// <returns>Start and end of each piece.</returns>
    public static IEnumerable<(int Start, int End)> Cut(string text, List<(int Start, int End)> words, IEnumerable<int> firstWords)
    {
        var keepsBlanks = text.Length > 0 && char.IsWhiteSpace(text[0]);
        var start = 0;
        foreach (var word in firstWords)
        {
            yield return (start, words[word - 1].End);
            start = keepsBlanks ? words[word - 1].End : words[word].Start;
        }

        yield return (start, text.Length);
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
