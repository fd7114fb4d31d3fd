using System.Globalization;
using System.Text.RegularExpressions;
using Diarizer.Audio;

namespace Diarizer.Training.Data.Sources;

/// <summary>
/// A Kaldi data directory. With <c>segments</c> an utterance is a stretch of a recording, which is its session; without, a whole file of <c>wav.scp</c>.
/// Relative paths start from the directory, or, as for Kaldi itself, from where the command runs. <c>spk2utt</c> says nothing new and is not read.
/// </summary>
/// <param name="folder">The directory.</param>
/// <param name="corpus">Name of the corpus.</param>
/// <param name="speakerPrefix">Put before the speakers' names.</param>
/// <param name="say">Gets lines for the user.</param>
internal sealed partial class KaldiDirectory(string folder, string corpus, string speakerPrefix, AudioLengths lengths, Action<string> say) : IUtteranceSource
{
    private const string ToTheEnd = "-1";

    /// <inheritdoc/>
    public IEnumerable<Utterance> Read(string? split = null)
    {
        var names = new StringPool();
        var speakers = KaldiTable.Read(Path.Combine(folder, "utt2spk"), names);
        var recordings = Recordings();
        string segments = Path.Combine(folder, "segments");
        int nameless = 0;
        foreach (var (id, recording, start, length) in File.Exists(segments) ? Segments(segments, recordings) : Wholes(recordings))
        {
            if (!speakers.TryGetValue(id, out string? speaker))
            {
                nameless++;
                continue;
            }
            string session = id == recording ? "" : names.Get(recording);
            yield return new Utterance(id, names.Get(speakerPrefix + speaker), corpus, split ?? "", session, recordings[recording], start, length);
        }
        if (nameless > 0)
            say($"{nameless} utterances of {folder} have no speaker in utt2spk and are left out");
    }

    private Dictionary<string, string> Recordings()
    {
        string path = Path.Combine(folder, "wav.scp");
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        string? root = null;
        foreach (var (line, key, value) in KaldiTable.Rows(path))
        {
            if (value.EndsWith('|'))
                throw new UserErrorException($"Line {line} of {path} gives a command for '{key}', and commands are not run; write the audio to files (Kaldi's wav-copy does) and name their paths.");
            if (ArchiveEntry().IsMatch(value))
                throw new UserErrorException($"Line {line} of {path} points into a Kaldi archive for '{key}', which is not read; write the audio to files (Kaldi's wav-copy does) and name their paths.");
            if (!Path.IsPathRooted(value))
                root ??= File.Exists(Path.Combine(folder, value)) ? folder : Directory.GetCurrentDirectory();
            if (!table.TryAdd(key, Path.IsPathRooted(value) ? value : Path.GetFullPath(Path.Combine(root!, value))))
                throw new UserErrorException($"Line {line} of {path} names '{key}' again; mend it with Kaldi's utils/fix_data_dir.sh.");
        }
        return table;
    }

    private IEnumerable<(string Id, string Recording, long Start, int Length)> Wholes(Dictionary<string, string> recordings)
    {
        var measured = Measure(recordings);
        return recordings.Keys.Where(id => measured[id] >= 0).Select(id => (id, id, 0L, measured[id]));
    }

    private IEnumerable<(string Id, string Recording, long Start, int Length)> Segments(string path, Dictionary<string, string> recordings)
    {
        Dictionary<string, int>? measured = null;
        var known = new HashSet<string>(StringComparer.Ordinal);
        int lost = 0;
        foreach (var (line, id, value) in KaldiTable.Rows(path))
        {
            string[] cells = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length < 3)
                throw new UserErrorException($"Line {line} of {path} has too few cells; each needs an utterance, a recording, a start and an end.");
            if (!known.Add(id))
                throw new UserErrorException($"Line {line} of {path} names '{id}' again; mend it with Kaldi's utils/fix_data_dir.sh.");
            if (!recordings.ContainsKey(cells[0]))
            {
                lost++;
                continue;
            }
            long start = Samples(cells[1], line, path);
            long end = cells[2] == ToTheEnd ? Math.Max(0, (measured ??= Measure(recordings))[cells[0]]) : Samples(cells[2], line, path);
            yield return (id, cells[0], start, (int)Math.Clamp(end - start, 0, int.MaxValue));
        }
        if (lost > 0)
            say($"{lost} utterances of {folder} name a recording that wav.scp does not have and are left out");
    }

    /// <summary>Samples of every recording, negative for those that cannot be read.</summary>
    private Dictionary<string, int> Measure(Dictionary<string, string> recordings)
    {
        FoundFile[] files = [.. recordings.Values.Select(path => new FileInfo(path)).Select(f => new FoundFile(f.FullName, f.Exists ? f.Length : 0, f.Exists ? f.LastWriteTimeUtc.Ticks : 0))];
        int[] samples = lengths.Of(Path.GetFullPath(folder), files);
        if (samples.Count(s => s == AudioLengths.Unreadable) is > 0 and var unreadable)
            say($"{unreadable} of {files.Length} recordings of {folder} cannot be read and are left out");
        return recordings.Keys.Zip(samples).ToDictionary(StringComparer.Ordinal);
    }

    private static long Samples(string text, int line, string path) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9
            ? SampleClock.FromSeconds(seconds)
            : throw new UserErrorException($"Line {line} of {path} has '{text}' where a time in seconds must stand.");

    /// <summary><c>file.ark:123</c>, the place of a recording in an archive.</summary>
    [GeneratedRegex(@"\.ark(:\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ArchiveEntry();
}
