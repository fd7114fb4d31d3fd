using System.Text.RegularExpressions;
using Diarizer.Tests.Shared;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>Devices of ALSA's configuration that are of a sound server: PulseAudioTests hears one through such a device.</summary>
internal static partial class AlsaSnippets
{
    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(string text)
    {
        var tested = Device().Match(Repository.Read("tests", "Diarizer.Audio.Tests", "Alsa", "AlsaConfiguration.cs").Replace("server \"unix:{{PulseSocket}}\" ", "", StringComparison.Ordinal));
        var shown = Device().Match(text);
        return tested.Success && shown.Success ? null : "this is no device such as PulseAudioTests has";
    }

    [GeneratedRegex(@"pcm\.\w+ \{ type pulse device ""[\w.-]+"" \}")]
    private static partial Regex Device();
}
