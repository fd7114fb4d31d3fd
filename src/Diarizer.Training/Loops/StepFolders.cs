using System.Globalization;

namespace Diarizer.Training.Loops;

/// <summary>Folders <c>step-N</c> within one. Each is written beside, synchronised and renamed, and renamed before it is deleted: one that is there is whole.</summary>
internal sealed class StepFolders(string folder)
{
    private const string Prefix = "step-";
    private string Draft => Path.Combine(folder, "draft");

    private string Outgoing => Path.Combine(folder, "outgoing");

    /// <summary>The steps that are there, ascending.</summary>
    public long[] Steps() => !Directory.Exists(folder) ? [] :
        [.. Directory.GetDirectories(folder, Prefix + "*").Select(path => long.Parse(Path.GetFileName(path)[Prefix.Length..], CultureInfo.InvariantCulture)).Order()];

    /// <summary>Path of a step's folder.</summary>
    public string this[long step] => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:00000000}"));

    /// <summary>Adds a step's folder, unless it is there.</summary>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="IOException">The disk is full; what was there stays.</exception>
    public void Add(long step, Action<string> write)
    {
        if (Directory.Exists(this[step]))
            return;
        DeleteIfThere(Draft);
        Directory.CreateDirectory(Draft);
        try
        {
            write(Draft);
            foreach (string file in Directory.GetFiles(Draft))
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
                stream.Flush(flushToDisk: true);
            }
        }
        catch
        {
            DeleteIfThere(Draft);
            throw;
        }
        Directory.Move(Draft, this[step]);
    }

    public void Delete(long step)
    {
        DeleteIfThere(Outgoing);
        Directory.Move(this[step], Outgoing);
        DeleteIfThere(Outgoing);
    }

    private static void DeleteIfThere(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
