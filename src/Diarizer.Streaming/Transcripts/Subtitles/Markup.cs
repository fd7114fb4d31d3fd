using System.Text.RegularExpressions;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>Tags and speaker labels of a kind of subtitles.</summary>
internal abstract partial class Markup
{
    // A bracket that is not closed soon is text, and is not searched for to the end of the file again and again.
    private const int LongestTag = 500;

    /// <summary>SubRip: a few tags of HTML, styles of SubStation Alpha, and <c>[Ann]: </c> before the text.</summary>
    public static Markup SubRip { get; } = new SubRipMarkup();

    /// <summary>WebVTT: everything in angle brackets is a tag, <c>&lt;v Ann&gt;</c> names the speaker.</summary>
    public static Markup WebVtt { get; } = new WebVttMarkup();

    /// <summary>Text without any.</summary>
    public static Markup None { get; } = new NoMarkup();

    /// <summary>The tag at <paramref name="index"/> of a cue's text, or null if there is none.</summary>
    public abstract CueToken? TagAt(string text, int index);

    /// <summary>The text of a cue with its speaker.</summary>
    public abstract string Labelled(string text, string speaker);

    // WhisperX and others write this in both formats, so it is read in both.
    private static CueToken? Prefix(string text, int index) =>
        index == 0 && text.StartsWith('[') && PrefixPattern().Match(text) is { Success: true } match ? new CueToken(CueTokenKind.Voice, 0, match.Length) : null;

    [GeneratedRegex(@"\A\[[^\[\]\r\n]{1,200}\]: ?", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"\A(\{\\[^}]*\})*", RegexOptions.CultureInvariant)]
    private static partial Regex StylesPattern();

    private static string OnOneLine(string speaker) => string.Join(' ', speaker.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed class NoMarkup : Markup
    {
        public override CueToken? TagAt(string text, int index) => null;

        public override string Labelled(string text, string speaker) => text;
    }

    private sealed class SubRipMarkup : Markup
    {
        private static readonly string[] Names = ["i", "b", "u", "s", "font"];

        public override CueToken? TagAt(string text, int index) => text[index] switch
        {
            '[' => Prefix(text, index),
            '{' when text.AsSpan(index).StartsWith("{\\") => Until('}', CueTokenKind.Style, text, index),
            '<' when Until('>', CueTokenKind.Open, text, index) is { } tag => Known(tag, text),
            _ => null,
        };

        // Programs look for styles at the very start.
        public override string Labelled(string text, string speaker) =>
            text.Insert(StylesPattern().Match(text).Length, $"[{OnOneLine(speaker).Replace('[', '(').Replace(']', ')')}]: ");

        // "5 < 7 and 7 > 5" is text.
        private static CueToken? Known(CueToken tag, string text)
        {
            var inner = text.AsSpan(tag.Start + 1, tag.End - tag.Start - 2);
            var closes = inner.StartsWith('/');
            inner = closes ? inner[1..] : inner;
            var length = inner.IndexOfAny(' ', '\t');
            var name = (length < 0 ? inner : inner[..length]).ToString();
            return Names.Contains(name, StringComparer.OrdinalIgnoreCase) ? tag with { Kind = closes ? CueTokenKind.Close : CueTokenKind.Open } : null;
        }
    }

    private sealed class WebVttMarkup : Markup
    {
        public override CueToken? TagAt(string text, int index)
        {
            if (text[index] != '<')
                return Prefix(text, index);
            if (Until('>', CueTokenKind.Open, text, index) is not { } tag)
                return null;
            var inner = text.AsSpan(tag.Start + 1, tag.End - tag.Start - 2);
            return IsVoice(inner) ? tag with { Kind = CueTokenKind.Voice } : tag with { Kind = KindOf(inner) };
        }

        private static CueTokenKind KindOf(ReadOnlySpan<char> inner) => inner switch
        {
            ['/', ..] => CueTokenKind.Close,
            [>= '0' and <= '9', ..] => CueTokenKind.Time,
            _ => CueTokenKind.Open,
        };

        // The span reaches to the end of the cue, so the standard lets its end tag be left out.
        public override string Labelled(string text, string speaker) => $"<v {Escaped(OnOneLine(speaker))}>{text}";

        private static string Escaped(string name) =>
            name.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

        // <v Ann>, <v.loud Ann>, </v>
        private static bool IsVoice(ReadOnlySpan<char> inner) =>
            inner.StartsWith('/') ? inner is "/v" : inner.StartsWith('v') && (inner.Length == 1 || inner[1] is '.' or ' ' or '\t' or '\n' or '\r');
    }

    private static CueToken? Until(char last, CueTokenKind kind, string text, int index)
    {
        var length = text.AsSpan(index, Math.Min(LongestTag, text.Length - index)).IndexOf(last);
        return length < 0 ? null : new CueToken(kind, index, index + length + 1);
    }
}
