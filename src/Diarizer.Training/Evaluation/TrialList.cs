using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>
/// Reads a list of trials: VoxCeleb's format (<c>1 path path</c> for the same speaker, <c>0 path path</c> for two) or Kaldi's (<c>utterance utterance target|nontarget</c>).
/// </summary>
internal static class TrialList
{
    /// <summary>Unknown names that a message gives.</summary>
    private const int Examples = 3;

    /// <param name="path">The list.</param>
    /// <param name="utterances">The utterances that it may name, by id or by path without extension.</param>
    /// <exception cref="UserErrorException">The list is missing, has a line in neither format, names an unknown utterance, or lacks one kind of pairs.</exception>
    public static TrialSet Read(string path, IReadOnlyList<Utterance> utterances)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The trial list {path} does not exist; check its path.");
        var names = new UtteranceNames(utterances);
        List<(int, int)> targets = [], others = [];
        var unknown = new List<string>();
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            var (target, first, second) = Parse(words) ?? throw new UserErrorException(
                $"Line {line} of {path} is '{text}'; write '1 path path' or '0 path path' (VoxCeleb), or 'utterance utterance target' or '... nontarget' (Kaldi).");
            int a = names.Find(first), b = names.Find(second);
            if (a < 0)
                unknown.Add($"'{first}' in line {line}");
            if (b < 0)
                unknown.Add($"'{second}' in line {line}");
            if (a < 0 || b < 0)
                continue;
            if (target != (utterances[a].Speaker == utterances[b].Speaker))
                throw new UserErrorException($"Line {line} of {path} is said to be {(target ? "of one speaker, but is of two" : "of two speakers, but is of one")}: {utterances[a].Speaker} and {utterances[b].Speaker}; correct the list or the data's speakers.");
            (target ? targets : others).Add((a, b));
        }
        if (unknown.Count > 0)
            throw new UserErrorException($"{path} names utterances that the data has not, {unknown.Count} times: {string.Join(", ", unknown.Take(Examples))}{(unknown.Count > Examples ? ", ..." : "")}; give the data and --split that the list is for.");
        if (targets.Count == 0 || others.Count == 0)
            throw new UserErrorException($"{path} has {targets.Count} pairs of one speaker and {others.Count} of two; error rates need both.");
        var pairs = new TrialPairs(targets, others);
        int[] rows = pairs.Rows();
        return new TrialSet(Path.GetFileNameWithoutExtension(path), pairs, rows.Length, rows.Select(r => utterances[r].Speaker).Distinct().Count());
    }

    private static (bool Target, string First, string Second)? Parse(string[] words) => words switch
    {
        [var first, var second, "target" or "nontarget"] => (words[2] == "target", first, second),
        ["0" or "1", var first, var second] => (words[0] == "1", first, second),
        _ => null,
    };
}
