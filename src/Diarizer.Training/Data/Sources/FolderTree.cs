using System.IO.Enumeration;

namespace Diarizer.Training.Data.Sources;

/// <summary>
/// A folder for each speaker. The folders between a speaker's and the file are the session: VoxCeleb's video (<c>id10001/1zcIwhmdeo4/00001.wav</c>),
/// LibriSpeech's chapter (<c>103/1240/103-1240-0000.flac</c>); without any it is unknown. An utterance is named by its path below the root, as in VoxCeleb's
/// lists of trials.
/// </summary>
/// <param name="root">The folder of the speakers' folders.</param>
/// <param name="corpus">Name of the corpus.</param>
/// <param name="speakerPrefix">Put before the speakers' names.</param>
/// <param name="say">Gets lines for the user.</param>
internal sealed class FolderTree(string root, string corpus, string speakerPrefix, AudioLengths lengths, Action<string> say) : IUtteranceSource
{
    private const int Deepest = 16;
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aiff", ".aif", ".au", ".w64", ".sph" };

    /// <inheritdoc/>
    public IEnumerable<Utterance> Read(string? split = null)
    {
        string top = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar;
        var files = Find(top);
        if (files.Length == 0)
            throw new UserErrorException($"{root} holds no audio files in folders of speakers (speaker/utterance.wav or speaker/session/utterance.wav; WAV, FLAC, Ogg, Opus or MP3); give the folder right above the speakers'.");
        int[] samples = lengths.Of(top, files);
        if (samples.Count(s => s == AudioLengths.Unreadable) is > 0 and var unreadable)
            say($"{unreadable} of {files.Length} audio files in {root} cannot be read and are left out");
        var names = new StringPool();
        for (int i = 0; i < files.Length; i++)
        {
            if (samples[i] != AudioLengths.Unreadable)
                yield return Describe(top, files[i].Path[top.Length..], split ?? "", samples[i], names);
        }
    }

    private Utterance Describe(string top, string path, string split, int samples, StringPool names)
    {
        int first = path.IndexOf(Path.DirectorySeparatorChar), last = path.LastIndexOf(Path.DirectorySeparatorChar);
        string session = first == last ? "" : names.Get(path.AsSpan(first + 1, last - first - 1));
        return new Utterance(path, names.Get(string.Concat(speakerPrefix, path.AsSpan(0, first))), corpus, split, session, path, 0, samples) { Root = top };
    }

    /// <summary>All audio files below the speakers' folders, in order of path.</summary>
    private static FoundFile[] Find(string top)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, IgnoreInaccessible = false };
        var found = new FileSystemEnumerable<FoundFile>(top, (ref entry) => new FoundFile(entry.ToFullPath(), entry.Length, entry.LastWriteTimeUtc.UtcTicks), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && Path.TrimEndingDirectorySeparator(entry.Directory).Length >= top.Length && IsAudio(entry.FileName),
        };
        FoundFile[] files = [.. found];
        Array.Sort(files, (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    private static bool IsAudio(ReadOnlySpan<char> name) => Extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(name));
}
