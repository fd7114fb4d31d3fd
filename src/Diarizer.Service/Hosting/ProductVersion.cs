using System.Reflection;

namespace Diarizer.Service.Hosting;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>Version, and the revision it was built from where known: <c>0.1.0+4b825dc</c>.</summary>
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
