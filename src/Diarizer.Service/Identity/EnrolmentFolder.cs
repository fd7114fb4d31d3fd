namespace Diarizer.Service.Identity;

/// <summary>The one folder that senders of commands may have recordings read from: they must not learn what other files there are.</summary>
internal static class EnrolmentFolder
{
    /// <summary>The path of a file in the folder.</summary>
    /// <param name="folder">Value of <see cref="EnrolmentSettings.Folder"/>.</param>
    /// <param name="file">A name relative to it.</param>
    /// <param name="what">What the file is called in messages.</param>
    /// <exception cref="UserErrorException">No folder is set aside, or the file is not in it.</exception>
    public static string Resolve(string? folder, string file, string what)
    {
        if (string.IsNullOrEmpty(folder))
            throw new UserErrorException("Recordings are not taken over MQTT: Enrolment:Folder is not set. Enrol a speaker who was heard, or use \"diarizer enroll\" on that machine.");
        var root = Path.GetFullPath(folder);
        var path = Path.GetFullPath(Path.Combine(root, file));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !IsLink(root, path) && File.Exists(path)
            ? path
            : throw new UserErrorException($"{what} is no file in the folder for enrolments.");
    }

    private static bool IsLink(string root, string path)
    {
        for (var part = path; part.Length > root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
                return true;
        }

        return false;
    }
}
