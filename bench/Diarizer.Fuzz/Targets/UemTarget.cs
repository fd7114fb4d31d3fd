using System.Text;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Fuzz.Targets;

/// <summary>UEM files; regions must come out in order and apart.</summary>
internal sealed class UemTarget : IFuzzTarget
{
    public string Name => "uem";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. new[] { "talk 1 0 60\n", ";; comment\ntalk 1 0.5 10\ntalk 1 20 30.25\nother NA 0 1e3\n" }.Select(Encoding.UTF8.GetBytes)];

    public IReadOnlyList<string> Words { get; } = ["talk", " 1 ", "NA", " ", "\t", "\n", "\r\n", ";;", "#"];

    public string Read(byte[] input)
    {
        var regions = Uem.Read(new StreamReader(new MemoryStream(input)), "talk.uem");
        foreach (var region in regions.Values)
        {
            if (region.Zip(region.Skip(1)).Any(pair => pair.First.End > pair.Second.Start) || region.Any(r => !(r.Start < r.End)))
                throw new FuzzException("regions that overlap or are empty");
        }

        return $"{int.Log2(regions.Count + 1)} {int.Log2(regions.Values.Sum(r => r.Count) + 1)}";
    }

    public void Dispose()
    {
    }
}
