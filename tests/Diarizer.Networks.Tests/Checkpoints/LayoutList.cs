using System.Runtime.CompilerServices;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>Names and shapes of public checkpoints, one to a line, as <c>bench/parity.py --names</c> writes them.</summary>
internal static class LayoutList
{
    public static IReadOnlyList<(string Name, long[] Shape)> Read(string name, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "Layouts", name + ".txt");
        return [.. File.ReadLines(path).Select(line => line.Split(' ')).Select(words => (words[0], words.Length > 1 ? words[1].Split('x').Select(long.Parse).ToArray() : []))];
    }
}
