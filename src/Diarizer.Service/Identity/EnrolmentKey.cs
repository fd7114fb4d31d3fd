using System.Security.Cryptography;
using Diarizer.Mqtt;

namespace Diarizer.Service.Identity;

/// <summary>The file with the key of the voiceprints: 32 random bytes in Base64, readable by its owner alone.</summary>
public static class EnrolmentKey
{
    /// <summary>Length of a key in bytes.</summary>
    public const int Length = 32;

    private const string Credential = "enrolment-key";
    private const string FileName = "enrolment.key";
    private const long LongestFile = 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>
    /// Where a key is looked for when none is configured: the systemd credential <c>enrolment-key</c>, <c>$XDG_CONFIG_HOME/diarizer/enrolment.key</c> (<c>~/.config</c> without that
    /// variable), <c>/etc/diarizer/enrolment.key</c>.
    /// </summary>
    public static IReadOnlyList<string> DefaultPlaces => [.. CredentialPath is { } credential ? [credential] : Array.Empty<string>(), UserPlace, $"/etc/diarizer/{FileName}"];

    /// <summary>Where <c>diarizer key</c> makes one.</summary>
    public static string UserPlace
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("HOME") ?? "";
            var configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".config");
            return Path.Combine(configuration, "diarizer", FileName);
        }
    }

    private static string? CredentialPath => Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder ? Path.Combine(folder, Credential) : null;

    /// <summary>The key's file; null when none is configured and there is none in the default places.</summary>
    public static string? Locate(string? configured) => configured is { Length: > 0 } ? Secret.Resolve(configured) : DefaultPlaces.FirstOrDefault(File.Exists);

    /// <summary>Reads a key.</summary>
    /// <exception cref="UserErrorException">It cannot be read, is no key, or others may read it.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                throw new UserErrorException($"The key file {path} does not exist; make one with: diarizer key {path}");
            CheckMode(path);
            if (new FileInfo(path).Length > LongestFile)
                throw new UserErrorException($"{path} is no key: it is longer than {LongestFile} bytes; name the file that \"diarizer key\" made.");
            var text = File.ReadAllText(path).Trim();
            var key = new byte[Length];
            return Convert.TryFromBase64String(text, key, out var written) && written == Length ? key
                : throw new UserErrorException($"{path} is no key: it must hold {Length} bytes in Base64; make one with: diarizer key PATH");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The key file {path} cannot be read ({e.Message.TrimEnd('.')}); it must belong to the user that the diarizer runs as.", e);
        }
    }

    /// <summary>Makes a key that nobody else can read.</summary>
    /// <exception cref="UserErrorException">There is such a file already, or it cannot be written.</exception>
    public static void Create(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
                MakeFolder(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
            using var writer = new StreamWriter(path, options);
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UserErrorException($"{path} exists already and is kept: with another key, nobody who was enrolled could be recognised any more.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({e.Message.TrimEnd('.')}); choose another place.", e);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    // systemd guards its credentials itself, by the folder that they are in.
    private static void CheckMode(string path)
    {
        if (OperatingSystem.IsWindows() || Path.GetDirectoryName(Path.GetFullPath(path)) == Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"))
            return;
        if ((File.GetUnixFileMode(path) & Others) != 0)
            throw new UserErrorException($"The key file {path} can be read by others; take that away with: chmod 600 {path}");
    }
}
