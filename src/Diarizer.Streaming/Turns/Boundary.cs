using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Turns;

/// <summary>Where one turn ends and the next begins; a pause between them belongs to neither.</summary>
internal readonly record struct Boundary(long End, long Start)
{
    /// <summary>Moves an estimated change to the frame least like speech within <paramref name="search"/> samples, nearest first; a pause there is left out.</summary>
    public static Boundary Snap(FrameHistory frames, long estimate, long search)
    {
        var low = frames.FirstFrom(Math.Max(estimate - search, frames.Start));
        var high = Math.Min(estimate + search, frames.End - SpeechFrame.Length);
        var best = Math.Clamp(frames.FirstFrom(estimate), frames.Start, Math.Max(frames.Start, frames.End - SpeechFrame.Length));
        for (var at = low; at <= high; at += SpeechFrame.Length)
        {
            if (Cost(frames, at, estimate, search) < Cost(frames, best, estimate, search))
                best = at;
        }

        if (frames.IsSpeech(best))
            return new Boundary(best, best);
        var end = best;
        while (end > frames.Start && !frames.IsSpeech(end - SpeechFrame.Length))
            end -= SpeechFrame.Length;
        var start = best;
        while (start < frames.End && !frames.IsSpeech(start))
            start += SpeechFrame.Length;
        return start < frames.End ? new Boundary(end, start) : new Boundary(best, best);
    }

    // Probability counts most; among equals the nearer frame wins.
    private static double Cost(FrameHistory frames, long at, long estimate, long search) =>
        frames[at].Probability + (0.2 * Math.Abs(at - estimate) / Math.Max(1, search));
}
