using System.Globalization;

namespace Diarizer.Mqtt.Outbox;

/// <summary>The file of the outbox and its companions in the state directory, readable by their owner alone: they say who spoke when.</summary>
internal sealed class OutboxFile(string directory)
{
    public const string Name = "outbox.db";

    private const string SetAsideMark = ".set-aside-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // SQLite finds the log of a database by its name.
    private static readonly string[] Companions = ["", "-wal", "-shm", "-journal"];

    public string Path { get; } = System.IO.Path.Combine(directory, Name);

    /// <summary>Makes directory and file where they are absent.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        // SQLite takes an empty file for a new database and gives its log the same mode.
        using var _ = new FileStream(Path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = OwnerOnly,
        });
    }

    /// <summary>Gives the file another name, so that a fresh one can be begun and this one be looked at.</summary>
    /// <returns>The new path.</returns>
    public string SetAside(DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var target = Path + SetAsideMark + stamp;
        for (var i = 2; File.Exists(target); i++)
            target = $"{Path}{SetAsideMark}{stamp}-{i}";
        foreach (var companion in Companions.Where(c => File.Exists(Path + c)))
            File.Move(Path + companion, target + companion);
        return target;
    }

    /// <summary>Deletes what was set aside.</summary>
    public void DeleteSetAside()
    {
        if (!Directory.Exists(directory))
            return;
        foreach (var file in Directory.EnumerateFiles(directory, Name + SetAsideMark + "*"))
            File.Delete(file);
    }
}
