namespace Diarizer.Mqtt;

/// <summary>Secrets live in files or systemd credentials, never in options, command lines or logs.</summary>
public static class Secret
{
    private const int MaxLength = 4096;

    /// <summary>Where <paramref name="file"/> lies: a path as it is; a bare name first in <c>$CREDENTIALS_DIRECTORY</c> (systemd's <c>LoadCredential</c>).</summary>
    public static string Resolve(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        var credentials = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");
        if (string.IsNullOrEmpty(credentials) || file.Contains(Path.DirectorySeparatorChar))
            return file;
        var credential = Path.Combine(credentials, file);
        return File.Exists(credential) ? credential : file;
    }

    /// <summary>The first line of the file.</summary>
    /// <param name="file">Path or credential name, see <see cref="Resolve"/>.</param>
    /// <param name="option">Name of the option, for the message.</param>
    /// <exception cref="UserErrorException">The file cannot be read, or is empty or longer than 4,096 bytes.</exception>
    public static string Read(string file, string option)
    {
        try
        {
            var path = Resolve(file);
            if (new FileInfo(path).Length > MaxLength)
                throw new UserErrorException($"{option}: {file} is longer than {MaxLength} bytes and hardly a password: name the right file.");
            var secret = File.ReadLines(path).FirstOrDefault();
            return string.IsNullOrEmpty(secret) ? throw new UserErrorException($"{option}: the first line of {file} is empty: put the password there.") : secret;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option}: cannot read {file}: {e.Message}", e);
        }
    }
}
