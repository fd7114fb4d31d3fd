namespace Diarizer.Service.Tests.Web.Browser;

/// <summary>axe-core, as <c>./setup.sh --tests</c> had it restored; it is not part of the product.</summary>
internal static class Axe
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The script; null where it could not be restored.</summary>
    public static string? Script => Found.Value;

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "cache", "npm", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(path))
                return File.ReadAllText(path);
        }

        return null;
    }
}
