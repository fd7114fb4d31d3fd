using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>Finds the turns that belong to a cue: those of its recording.</summary>
/// <param name="turns">Turns of one recording or of several.</param>
/// <param name="chosen">The recording that the user named, or null.</param>
/// <param name="source">Name of the transcript.</param>
internal sealed class RecordingTurns(IReadOnlyList<SpeakerSegment> turns, string? chosen, string source)
{
    private readonly List<string> _recordings = [.. turns.Select(t => t.Recording).Distinct()];
    private readonly Dictionary<string, TurnIndex> _indices = [];

    /// <param name="recording">The recording that the cue says it is of, or null.</param>
    /// <exception cref="UserErrorException">It is not clear which recording is meant, or there are no turns of it.</exception>
    public TurnIndex Of(string? recording)
    {
        var name = Choose(recording);
        if (!_indices.TryGetValue(name, out var index))
            _indices[name] = index = new TurnIndex([.. turns.Where(t => t.Recording == name)]);
        return index;
    }

    private string Choose(string? recording)
    {
        if (_recordings.Count == 0)
            return "";
        if (chosen is not null)
            return _recordings.Contains(chosen) ? chosen : throw new UserErrorException($"There are no turns of a recording {chosen}, but of {Known}; name one of them.");
        if (_recordings.Count == 1)
            return _recordings[0];
        if (recording is not null)
        {
            return _recordings.Contains(recording)
                ? recording
                : throw new UserErrorException($"{source} is of the recording {TranscriptText.Clip(recording)}, but the turns are of {Known}; give those of it too.");
        }

        // meeting.en.srt is of meeting.
        for (var stem = Path.GetFileNameWithoutExtension(source); stem.Length > 0; stem = Path.HasExtension(stem) ? Path.GetFileNameWithoutExtension(stem) : "")
        {
            if (_recordings.Contains(stem))
                return stem;
        }

        throw new UserErrorException($"The turns are of several recordings ({Known}), and none is called like {source}; say which one it is (--recording).");
    }

    private string Known => string.Join(", ", _recordings.Take(5).Select(TranscriptText.Clip)) + (_recordings.Count > 5 ? $" and {_recordings.Count - 5} more" : "");
}
