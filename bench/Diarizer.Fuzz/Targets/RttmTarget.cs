using System.Text;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Fuzz.Targets;

/// <summary>RTTM files; what was read must be the same after writing and reading it again.</summary>
internal sealed class RttmTarget : IFuzzTarget
{
    public string Name => "rttm";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "SPEAKER talk 1 0.00 1.50 <NA> <NA> ann <NA> <NA>\nSPEAKER talk 1 1.20 3.10 <NA> <NA> bob <NA> <NA>\n",
            ";; comment\n# another\nSPKR-INFO talk 1 <NA> <NA> <NA> unknown ann <NA> <NA>\r\nSPEAKER talk 1 2 0 <NA> <NA> ann <NA>\n",
            "\uFEFFSPEAKER\ttalk 1 1e1 .5 <NA> <NA> s1 <NA> <NA>",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IReadOnlyList<string> Words { get; } = ["SPEAKER", "NON-LEX", "SPKR-INFO", "<NA>", " ", "\t", "\n", "\r\n", ";;", "#", "talk", "ann", "\u2028", "\uFEFF"];

    public string Read(byte[] input)
    {
        var first = Rttm.Read(new StreamReader(new MemoryStream(input)), "talk.rttm");
        using var written = new StringWriter();
        Rttm.Write(written, first);
        var again = Rttm.Read(new StringReader(written.ToString()), "again.rttm");
        // Segments of less than a millisecond are gone.
        if (again.Count > first.Count)
            throw new FuzzException("writing made more segments");
        return $"{int.Log2(first.Count + 1)} {int.Log2(again.Count + 1)} {first.DistinctBy(s => s.Speaker).Count() > 1}";
    }

    public void Dispose()
    {
    }
}
