using Diarizer.Streaming.Scoring;

namespace Diarizer.Training.Conversations;

/// <summary>Turns a conversation's labels into segments, one for each stretch in which somebody talks.</summary>
internal static class LabelSegments
{
    private const double Frame = 0.01;

    /// <summary>The segments in order of their starts.</summary>
    /// <param name="recording">Name of the recording.</param>
    /// <param name="labels">For every 10 ms a bit for each speaker who talks.</param>
    public static IReadOnlyList<SpeakerSegment> Of(string recording, ReadOnlySpan<byte> labels)
    {
        var segments = new List<SpeakerSegment>();
        for (int speaker = 0; speaker < 8; speaker++)
        {
            int start = -1;
            for (int i = 0; i <= labels.Length; i++)
            {
                bool talks = i < labels.Length && (labels[i] >> speaker & 1) != 0;
                if (talks && start < 0)
                    start = i;
                if (talks || start < 0)
                    continue;
                segments.Add(new SpeakerSegment(recording, $"speaker{speaker + 1}", start * Frame, i * Frame));
                start = -1;
            }
        }
        return [.. segments.OrderBy(s => s.Start)];
    }
}
