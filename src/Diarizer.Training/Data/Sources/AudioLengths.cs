using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Diarizer.Audio.Files;

namespace Diarizer.Training.Data.Sources;

/// <summary>An audio file as the file system describes it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Changed">Ticks of its last change, UTC.</param>
internal readonly record struct FoundFile(string Path, long Size, long Changed);

/// <summary>
/// Lengths of audio files from their headers, remembered in a text file of the cache folder, a line for each audio file, so that only the first start opens
/// them all. A file whose size or time has changed is opened again.
/// </summary>
/// <param name="folder">The cache folder.</param>
/// <param name="say">Gets lines for the user.</param>
internal sealed class AudioLengths(string folder, Action<string> say, CancellationToken cancellation)
{
    /// <summary>The length of a file that cannot be read.</summary>
    public const int Unreadable = -1;

    private const int NotYet = -2, ProblemsShown = 5, SecondsBetweenLines = 5;

    /// <summary>Samples at 16 kHz of every file, or <see cref="Unreadable"/>.</summary>
    /// <param name="source">Name of the data, under which the lengths are remembered.</param>
    public int[] Of(string source, IReadOnlyList<FoundFile> files)
    {
        string index = Path.Combine(folder, $"lengths-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16]}.tsv");
        var known = Load(index);
        int[] lengths = [.. files.Select(f => known.TryGetValue(f.Path, out var k) && k.Size == f.Size && k.Changed == f.Changed ? k.Samples : NotYet)];
        int[] unknown = [.. Enumerable.Range(0, lengths.Length).Where(i => lengths[i] == NotYet)];
        if (unknown.Length == 0)
            return lengths;
        try
        {
            Open(files, unknown, lengths);
        }
        finally
        {
            Save(index, files, lengths);
        }
        return lengths;
    }

    private void Open(IReadOnlyList<FoundFile> files, int[] unknown, int[] lengths)
    {
        var gate = new Lock();
        int done = 0, problems = 0;
        long said = Environment.TickCount64;
        // More threads than cores: where the files lie on a network, the time is spent waiting.
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = 4 * Environment.ProcessorCount };
        Parallel.ForEach(unknown, parallel, i =>
        {
            string? problem = null;
            try
            {
                lengths[i] = (int)Math.Min(AudioExcerpt.Length(files[i].Path), int.MaxValue);
            }
            catch (UserErrorException error)
            {
                (lengths[i], problem) = (Unreadable, error.Message);
            }
            lock (gate)
            {
                done++;
                if (problem is not null && problems++ < ProblemsShown)
                    say(problem);
                if (Environment.TickCount64 - said < SecondsBetweenLines * 1_000)
                    return;
                said = Environment.TickCount64;
                say($"reading the lengths of audio files, once: {done} of {unknown.Length}");
            }
        });
    }

    private static Dictionary<string, (long Size, long Changed, int Samples)> Load(string index)
    {
        var known = new Dictionary<string, (long, long, int)>(StringComparer.Ordinal);
        if (!File.Exists(index))
            return known;
        Span<Range> cells = stackalloc Range[5];
        foreach (string line in File.ReadLines(index))
        {
            var text = line.AsSpan();
            if (text.Split(cells, '\t') == 4 && long.TryParse(text[cells[1]], out long size) && long.TryParse(text[cells[2]], out long changed) && int.TryParse(text[cells[3]], out int samples))
                known[text[cells[0]].ToString()] = (size, changed, samples);
        }
        return known;
    }

    /// <summary>Failures are not remembered: permissions and networks mend without a trace in the file.</summary>
    private static void Save(string index, IReadOnlyList<FoundFile> files, int[] lengths)
    {
        string part = $"{index}.{Environment.ProcessId}.part";
        try
        {
            using (var writer = new StreamWriter(part))
            {
                for (int i = 0; i < lengths.Length; i++)
                {
                    if (lengths[i] >= 0)
                        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files[i].Path}\t{files[i].Size}\t{files[i].Changed}\t{lengths[i]}"));
                }
            }
            File.Move(part, index, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The cache file {index} cannot be written ({error.Message}); free some space or give another folder with --cache.", error);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
