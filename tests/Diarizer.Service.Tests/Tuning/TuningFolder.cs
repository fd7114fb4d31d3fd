using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tests.Tuning;

/// <summary>Pieces of the bundled conversation with their truth.</summary>
internal static class TuningFolder
{
    public static void Fill(TemporaryFolder folder, int pieces, double seconds)
    {
        using var reader = new StreamReader(Path.ChangeExtension(Sample.Path, ".rttm"));
        var truth = Rttm.Read(reader, "conversation.rttm");
        for (var i = 0; i < pieces; i++)
        {
            var start = i * seconds;
            var name = Path.GetFileNameWithoutExtension(Sample.CutFile(folder, start, seconds));
            using var writer = new StreamWriter(folder.File(name + ".rttm"));
            Rttm.Write(writer, truth
                .Select(s => new SpeakerSegment(name, s.Speaker, Math.Max(0, s.Start - start), Math.Min(seconds, s.End - start)))
                .Where(s => s.End > s.Start));
        }
    }
}
