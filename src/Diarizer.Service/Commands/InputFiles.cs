namespace Diarizer.Service.Commands;

/// <summary>Finds the files that a user means by a file or a folder.</summary>
internal static class InputFiles
{
    /// <summary>Endings of recordings that a folder is searched for.</summary>
    public static IReadOnlyList<string> AudioEndings { get; } = [".wav", ".flac", ".ogg", ".opus", ".mp3"];

    /// <summary>The given files, and of each folder its files (not those of its subfolders) with one of the endings, in order of name.</summary>
    /// <exception cref="UserErrorException">A path does not exist, or a folder holds no such file.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths, IReadOnlyList<string> endings) => [.. paths.SelectMany(path => ExpandOne(path, endings))];

    private static List<string> ExpandOne(string path, IReadOnlyList<string> endings)
    {
        if (!Directory.Exists(path))
            return File.Exists(path) ? [path] : throw new UserErrorException($"{path} does not exist; check the path.");
        var files = Directory.EnumerateFiles(path)
            .Where(file => endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new UserErrorException($"The folder {path} holds no {string.Join(", ", endings)} file; give another.");
    }
}
