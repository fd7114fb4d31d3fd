using System.Globalization;
using Diarizer.Mqtt.Commands;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/split</c>: undoes the last merge into a speaker, or gives some of the turns to a new one.</summary>
public sealed class SpeakerSplitCommand(StreamDirectory streams)
    : Command<SplitRequest, SpeakerResult>("speaker/split", SpeakerJson.Default.SplitRequest, SpeakerJson.Default.SpeakerResult)
{
    private const int MostTurns = 512;

    /// <inheritdoc/>
    protected override Task<SpeakerResult> ExecuteAsync(SplitRequest data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return streams.Find(data.Stream).EditSpeakersAsync(speakers =>
        {
            var speaker = speakers.Find(data.Speaker).Id;
            var separate = data.Turns is { } turns ? speakers.Editor.Split(speaker, Numbers(turns, speakers.Session.SessionId)) : speakers.Editor.UndoMerge(speaker);
            return separate != 0 ? SpeakerResult.Of(separate, speakers.Session.Names)
                : throw new UserErrorException(
                    data.Turns is null
                        ? "No merge into that speaker can be undone; give data.turns, the turn_ids of the other speaker."
                        : "None of data.turns is a turn of that speaker, or they ended too long ago.");
        }).WaitAsync(cancellationToken);
    }

    private static HashSet<int> Numbers(IReadOnlyList<string> turns, string session)
    {
        if (turns.Count > MostTurns)
            throw new UserErrorException($"{turns.Count} turns are too many; {MostTurns} are the most.");
        return [.. turns.Select(turn => NumberOf(turn, session))];
    }

    private static int NumberOf(string turn, string session) =>
        turn.StartsWith(session + "-", StringComparison.Ordinal) && int.TryParse(turn.AsSpan(session.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UserErrorException("data.turns must hold turn_ids of the session that runs.");
}
