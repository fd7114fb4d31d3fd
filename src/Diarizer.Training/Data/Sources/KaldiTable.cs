namespace Diarizer.Training.Data.Sources;

/// <summary>A text file of a Kaldi data directory: a key and what belongs to it on each line, separated by blanks.</summary>
internal static class KaldiTable
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Reads a table.</summary>
    /// <exception cref="UserErrorException">It is missing, a line has no value, or a key stands twice.</exception>
    public static Dictionary<string, string> Read(string path, StringPool values)
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (line, key, value) in Rows(path))
        {
            if (!table.TryAdd(key, values.Get(value)))
                throw new UserErrorException($"Line {line} of {path} names '{key}' again; mend it with Kaldi's utils/fix_data_dir.sh.");
        }
        return table;
    }

    /// <summary>Streams the lines that are not empty.</summary>
    public static IEnumerable<(int Line, string Key, string Value)> Rows(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The Kaldi directory {Path.GetDirectoryName(path)} has no {Path.GetFileName(path)}; wav.scp and utt2spk must be there.");
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            string row = text.Trim();
            if (row.Length == 0)
                continue;
            int blank = row.IndexOfAny(Blanks);
            if (blank < 0)
                throw new UserErrorException($"Line {line} of {path} is '{row}', a name alone; something must follow it.");
            yield return (line, row[..blank], row[blank..].Trim());
        }
    }
}
