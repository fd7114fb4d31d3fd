using Diarizer.Streaming.LocalSpeakers;

namespace Diarizer.Streaming.Tests.LocalSpeakers;

public class ActivityHistoryTests
{
    [Fact]
    public void The_oldest_windows_are_forgotten_beyond_the_bound()
    {
        var history = new ActivityHistory(3);
        for (int i = 0; i < 3; i++)
            history.Add(At(i));
        Assert.Equal(0, history.ForgottenUntil);
        for (int i = 3; i < 10; i++)
            history.Add(At(i));
        Assert.Equal([7L, 8, 9], history.Since(0).Select(w => w.FirstFrame / 50));
        Assert.Equal(At(6).End, history.ForgottenUntil);
    }

    [Fact]
    public void Those_that_end_after_a_sample_are_given()
    {
        var history = new ActivityHistory(10);
        for (int i = 0; i < 5; i++)
            history.Add(At(i));
        Assert.Equal([2L, 3, 4], history.Since(At(1).End).Select(w => w.FirstFrame / 50));
        Assert.Equal(4, history.Since(At(1).End - 1).Count);
        history.Clear();
        Assert.Empty(history.Since(0));
        Assert.Equal(0, history.ForgottenUntil);
    }

    private static LocalActivity At(int second) => Heard.Window(50 * second, Heard.Row((50, 0.5f)));
}
