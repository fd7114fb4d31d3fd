using Diarizer.Service.Commands;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tuning;

/// <summary>The recordings of a folder tree that there is an RTTM for.</summary>
/// <param name="Recordings">In order of name.</param>
/// <param name="Without">Audio files that no RTTM names.</param>
internal sealed record TuningCorpus(IReadOnlyList<TuningRecording> Recordings, IReadOnlyList<string> Without)
{
    private static readonly EnumerationOptions Tree = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>Finds them: audio by its ending, truth in all RTTM files of the tree, scored regions in all UEM files.</summary>
    /// <exception cref="UserErrorException">The folder does not exist, holds no such pair, or two recordings have the same name.</exception>
    public static TuningCorpus Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"{folder} is not a folder; give one with recordings and RTTM files.");
        List<string> files = [.. Directory.EnumerateFiles(folder, "*", Tree).Order(StringComparer.Ordinal)];
        List<string> WithEnding(params string[] endings) => [.. files.Where(f => endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))];

        var truth = WithEnding(".rttm").SelectMany(f => TurnFiles.ReadText(f, Rttm.Read)).ToLookup(s => s.Recording);
        var regions = WithEnding(".uem").SelectMany(f => TurnFiles.ReadText(f, Uem.Read)).ToLookup(r => r.Key, r => r.Value);
        var audio = WithEnding([.. InputFiles.AudioEndings]).ToLookup(f => Path.GetFileNameWithoutExtension(f));
        var recordings = new List<TuningRecording>();
        foreach (var group in audio.Where(g => truth.Contains(g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (group.Count() > 1)
                throw new UserErrorException($"{string.Join(" and ", group)} have the same name, which RTTM could not tell apart; rename one.");
            if (regions[group.Key].Count() > 1)
                throw new UserErrorException($"Two UEM files name the recording {group.Key}; keep one.");
            var recording = new TuningRecording(group.Key, group.First(), [.. truth[group.Key]], regions[group.Key].FirstOrDefault());
            if (recording.HasScoredSpeech)
                recordings.Add(recording);
        }

        if (recordings.Count == 0)
            throw new UserErrorException($"{folder} holds no recording with speech in an RTTM; put talk.flac and talk.rttm there, with the name talk in the RTTM's lines.");
        return new TuningCorpus(recordings, [.. audio.Where(g => !truth.Contains(g.Key)).SelectMany(g => g)]);
    }
}
