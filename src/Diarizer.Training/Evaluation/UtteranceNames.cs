using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Finds utterances by the names that trial lists give them.</summary>
internal sealed class UtteranceNames
{
    private const int Several = -2;

    private readonly Dictionary<string, int> _ids = [], _paths = [];

    public UtteranceNames(IReadOnlyList<Utterance> utterances)
    {
        for (int row = 0; row < utterances.Count; row++)
        {
            _ids[utterances[row].Id] = row;
            string path = WithoutExtension(utterances[row].File);
            _paths[path] = _paths.ContainsKey(path) ? Several : row;
        }
    }

    /// <summary>
    /// The row of the utterance with an id; else with a path as its id, without extension, also with - for / as Kaldi's recipes write it; else of the only utterance in the file of
    /// that path, without extension. Negative if there is none.
    /// </summary>
    public int Find(string name)
    {
        string path = WithoutExtension(name);
        return _ids.TryGetValue(name, out int row) || _ids.TryGetValue(path, out row) || _ids.TryGetValue(path.Replace('/', '-'), out row) || _paths.TryGetValue(path, out row) ? row : -1;
    }

    private static string WithoutExtension(string path)
    {
        string name = path.Replace('\\', '/');
        return name[..(name.Length - Path.GetExtension(name).Length)];
    }
}
