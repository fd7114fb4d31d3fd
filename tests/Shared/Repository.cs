namespace Diarizer.Tests.Shared;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathTo(parts));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Diarizer.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("Diarizer.sln is in no folder above the tests.");
    }
}
