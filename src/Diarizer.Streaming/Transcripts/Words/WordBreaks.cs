namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>Where one word ends and the next begins, so that a change of speaker is never put inside a word.</summary>
internal static class WordBreaks
{
    // Chinese and Japanese have no blanks; without a dictionary, only their punctuation is a safe place to cut.
    private const string WideStops = "\u3001\u3002\uFF01\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F";
    private const string WideClosers = "\u300D\u300F\u3011\u300B\u3009\uFF09\u201D\u2019";

    // These begin what follows: a dash before a speaker's line, a bracket, a quotation, an inverted question mark, a note.
    private const string Openers = "-\u2010\u2013\u2014([{\u00AB\u2039\u201C\u2018\u00BF\u00A1\u266A\u266B\u300C\u300E\u3010\u300A\u3008\uFF08";

    /// <summary>White space at which a line may be broken; a no-break space keeps what is around it together, as French does before "?".</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) && c is not ('\u00A0' or '\u202F' or '\u2007');

    /// <summary>Whether a word ends after <paramref name="index"/> although no blank follows.</summary>
    public static bool EndsAfter(ReadOnlySpan<char> text, int index)
    {
        if (index + 1 < text.Length && (WideStops.Contains(text[index + 1]) || WideClosers.Contains(text[index + 1])))
            return false;
        while (index >= 0 && WideClosers.Contains(text[index]))
            index--;
        return index >= 0 && WideStops.Contains(text[index]);
    }

    /// <summary>Whether a sentence ends with this word: a full stop, a question or exclamation mark, before quotation marks or brackets.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> word)
    {
        var end = word.LastIndexOfAnyExcept("\"')]\u00BB\u203A" + WideClosers);
        return end >= 0 && ".?!\u2026\u3002\uFF01\uFF1F\uFF0E".Contains(word[end]);
    }

    /// <summary>Whether this is no word by itself but belongs to the next one.</summary>
    public static bool BelongsToNext(ReadOnlySpan<char> token) => IsPunctuation(token) && Openers.Contains(token[^1]);

    /// <summary>Whether this is no word by itself but belongs to the one before.</summary>
    public static bool BelongsToPrevious(ReadOnlySpan<char> token) => IsPunctuation(token) && !Openers.Contains(token[^1]);

    private static bool IsPunctuation(ReadOnlySpan<char> token)
    {
        foreach (var c in token)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
                return false;
        }

        return token.Length > 0;
    }
}
