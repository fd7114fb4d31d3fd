using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>The text of a cue, taken apart into words and what is between them.</summary>
internal sealed class CueText
{
    private CueText(string text, List<CueToken> tokens, List<WordTokens> words) => (Text, Tokens, Words) = (text, tokens, words);

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>All of it, in order and without holes.</summary>
    public IReadOnlyList<CueToken> Tokens { get; }

    /// <summary>The words among the tokens.</summary>
    public IReadOnlyList<WordTokens> Words { get; }

    /// <summary>Takes a text apart.</summary>
    public static CueText Parse(string text, Markup markup)
    {
        var tokens = Tokenise(text, markup);
        return new CueText(text, tokens, Group(text, tokens));
    }

    /// <summary>How many spans are open at once at most.</summary>
    public int Depth()
    {
        var (depth, deepest) = (0, 0);
        foreach (var token in Tokens)
        {
            depth += token.Kind switch { CueTokenKind.Open => 1, CueTokenKind.Close when depth > 0 => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    /// <summary>Characters of a word, without tags.</summary>
    public int LengthOf(WordTokens word)
    {
        var length = 0;
        for (var t = word.First; t <= word.Last; t++)
        {
            if (Tokens[t].Kind == CueTokenKind.Word)
                length += Tokens[t].End - Tokens[t].Start;
        }

        return length;
    }

    private static List<CueToken> Tokenise(string text, Markup markup)
    {
        var tokens = new List<CueToken>();
        for (var at = 0; at < text.Length; at = tokens[^1].End)
            tokens.Add(markup.TagAt(text, at) ?? Run(text, at, markup));
        return tokens;
    }

    private static CueToken Run(string text, int start, Markup markup)
    {
        var blank = WordBreaks.IsBlank(text[start]);
        var end = start + 1;
        while (end < text.Length && WordBreaks.IsBlank(text[end]) == blank && (blank || (!WordBreaks.EndsAfter(text, end - 1) && markup.TagAt(text, end) is null)))
            end++;
        return new CueToken(blank ? CueTokenKind.Blank : CueTokenKind.Word, start, end);
    }

    private static List<WordTokens> Group(string text, List<CueToken> tokens)
    {
        var words = new List<WordTokens>();
        var isNew = true;
        // The last word is punctuation that opens the next one.
        var isOpener = false;
        for (var t = 0; t < tokens.Count; t++)
        {
            if (tokens[t].Kind == CueTokenKind.Blank)
                isNew = true;
            if (tokens[t].Kind != CueTokenKind.Word)
                continue;
            var token = text.AsSpan(tokens[t].Start, tokens[t].End - tokens[t].Start);
            if (words.Count > 0 && (!isNew || isOpener || WordBreaks.BelongsToPrevious(token)))
                words[^1] = words[^1] with { Last = t };
            else
                words.Add(new WordTokens(t, t));
            isOpener = (isNew || isOpener) && WordBreaks.BelongsToNext(token);
            isNew = WordBreaks.EndsAfter(text, tokens[t].End - 1);
        }

        return words;
    }
}
