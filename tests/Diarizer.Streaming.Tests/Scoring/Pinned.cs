using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

/// <summary>A random pair of segmentations whose errors were counted by md-eval 22 and dscore.</summary>
internal static class Pinned
{
    public static IReadOnlyList<SpeakerSegment> Reference { get; } = Parse(
        """
        B 2.597 3.527; B 7.480 3.520; A 0.554 2.148; C 1.842 0.845; B 11.911 0.463; C 4.591 2.482; B 15.269 2.716; C 9.024 2.593; C 11.807 0.243;
        A 4.502 3.212; B 19.308 3.470; C 12.752 1.277; A 9.702 1.929; B 23.999 2.305; A 13.755 1.361; A 16.656 0.219
        """);

    public static IReadOnlyList<SpeakerSegment> Hypothesis { get; } = Parse(
        """
        x 1.201 3.486; u 0.200 0.168; x 5.329 3.808; x 10.548 4.021; u 1.628 2.365; y 2.336 1.179; x 15.504 0.161; u 6.268 0.572; y 5.637 0.144;
        u 9.232 0.811; y 7.124 0.863; y 9.246 1.635; u 11.306 0.951; z 2.593 3.999; z 9.587 0.179; y 12.065 3.518
        """);

    private static IReadOnlyList<SpeakerSegment> Parse(string text)
    {
        var lines = text.Split(';').Select(s => s.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(f => $"SPEAKER a 1 {f[1]} {f[2]} <NA> <NA> {f[0]} <NA> <NA>");
        return Rttm.Read(new StringReader(string.Join('\n', lines)), "pinned");
    }
}
