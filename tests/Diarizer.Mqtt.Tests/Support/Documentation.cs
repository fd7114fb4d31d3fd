using System.Runtime.CompilerServices;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>Finds pages of documentation in the source tree.</summary>
internal static class Documentation
{
    public static string Of(string page) => Path.Combine(Here(), "..", "..", "..", "docs", page);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
