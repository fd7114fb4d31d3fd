namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>What a part of a cue's text is.</summary>
internal enum CueTokenKind
{
    /// <summary>Characters of a word.</summary>
    Word,

    /// <summary>White space and line ends.</summary>
    Blank,

    /// <summary>Begins a span: <c>&lt;i&gt;</c>.</summary>
    Open,

    /// <summary>Ends a span: <c>&lt;/i&gt;</c>.</summary>
    Close,

    /// <summary>Says when what follows is spoken: <c>&lt;00:00:01.500&gt;</c>.</summary>
    Time,

    /// <summary>Holds for the whole cue: <c>{\an8}</c>.</summary>
    Style,

    /// <summary>Names the speaker: <c>&lt;v Ann&gt;</c>, <c>&lt;/v&gt;</c>, <c>[Ann]: </c>.</summary>
    Voice,
}

/// <summary>A part of a cue's text: its characters from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
internal readonly record struct CueToken(CueTokenKind Kind, int Start, int End);

/// <summary>Words are tokens with no more than tags between them: <c>&lt;i&gt;un&lt;/i&gt;likely</c> is one.</summary>
/// <param name="First">Index of its first token, of kind <see cref="CueTokenKind.Word"/>.</param>
/// <param name="Last">Index of its last token, of that kind too.</param>
internal readonly record struct WordTokens(int First, int Last);
