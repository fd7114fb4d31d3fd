using System.Text;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

/// <summary>Labels texts, for tests that are about what comes out.</summary>
internal static class Labelling
{
    /// <summary>Writes nothing for nobody.</summary>
    public static LabelOptions Silent { get; } = new() { Unknown = "" };

    /// <summary>Turns written as "ann 0-2.5, bob 2.5-4".</summary>
    public static IReadOnlyList<SpeakerSegment> Turns(string turns) => [.. turns.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(turn =>
    {
        var (name, times) = (turn[..turn.IndexOf(' ', StringComparison.Ordinal)], turn[(turn.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split('-'));
        return new SpeakerSegment("talk", name, double.Parse(times[0]), double.Parse(times[1]));
    })];

    public static LabelledTranscript Run(string text, string name, string turns, LabelOptions? options = null) =>
        Transcript.Read(Encoding.UTF8.GetBytes(text), name).Label(Turns(turns), options ?? new LabelOptions());

    public static string Label(string text, string name, string turns, LabelOptions? options = null) => Encoding.UTF8.GetString(Run(text, name, turns, options).Content.Span);

    /// <summary>The sentence that the text is refused with.</summary>
    public static string Refusal(string text, string name) => Assert.Throws<UserErrorException>(() => Transcript.Read(Encoding.UTF8.GetBytes(text), name)).Message;
}
