using Diarizer.Mqtt.Publishing;

namespace Diarizer.Mqtt.Tests.Publishing;

public class BackoffTests
{
    [Fact]
    public void Waits_grow_from_the_minimum_to_the_maximum_and_start_anew_after_a_reset()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        foreach (var bound in (double[])[1, 2, 4, 8, 10, 10])
            Assert.InRange(backoff.Next().TotalSeconds, bound / 2, bound);
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
    }

    [Fact]
    public void Two_nodes_do_not_wait_alike()
    {
        var one = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(1));
        var two = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), new Random(2));
        Assert.NotEqual(one.Next(), two.Next());
    }
}
