using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Tests.VoiceActivity;

public class SpeechGateTests
{
    private static readonly VoiceActivityOptions Options =
        new() { OnThreshold = 0.5, OffThreshold = 0.3, MinimumSpeech = 0.05, MinimumSilence = 0.1, StartPadding = 0.02, EndPadding = 0.03 };

    private static List<(GateChange Change, int Frame, long Start, long End)> Run(params (float Probability, int Frames)[] plan)
    {
        var gate = new SpeechGate(Options);
        gate.Restart(0);
        var changes = new List<(GateChange, int, long, long)>();
        var frame = 0;
        foreach (var probability in plan.SelectMany(p => Enumerable.Repeat(p.Probability, p.Frames)))
        {
            var change = gate.Push(new SpeechFrame(frame * 160, probability, 0));
            if (change != GateChange.None)
                changes.Add((change, frame, gate.Start / 160, gate.End / 160));
            frame++;
        }

        return changes;
    }

    [Fact]
    public void Opens_after_enough_speech_with_its_start_moved_ahead() =>
        Assert.Equal((GateChange.Opened, 14, 8, 15), Run((0, 10), (0.9f, 10))[0]);

    [Fact]
    public void A_click_does_not_open() => Assert.Empty(Run((0, 10), (0.9f, 4), (0, 10), (0.9f, 4), (0, 20)));

    [Fact]
    public void Doubt_between_the_thresholds_neither_counts_nor_resets() =>
        Assert.Equal((GateChange.Opened, 16, 8, 17), Run((0, 10), (0.9f, 3), (0.4f, 2), (0.9f, 2))[0]);

    [Fact]
    public void Closes_after_enough_silence_with_its_end_moved_past() =>
        Assert.Equal((GateChange.Closed, 29, 0, 23), Run((0.9f, 20), (0, 20))[1]);

    [Fact]
    public void Short_silence_does_not_close() => Assert.Single(Run((0.9f, 20), (0, 9), (0.31f, 1), (0, 9), (0.9f, 5)));
}
