using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Publishing;

public class StaleStreamsTests
{
    [Fact]
    public async Task Streams_that_are_no_more_leave_the_broker_and_the_others_stay()
    {
        await using var broker = await TestBroker.StartAsync();
        var topics = new Topics("test");
        await using (var before = new MqttPublisher(broker.Options))
        {
            foreach (var stream in (string[])["old", "hall"])
            {
                using (new StreamPublisher(before, topics, StreamSession.StartNow(stream, "boot", TimeProvider.System)))
                    before.Publish(Messages.StreamStatus(topics.Stream(stream), StreamStatus.Offline));
            }
            before.Start();
            await before.FlushAsync(TestContext.Current.CancellationToken);
        }
        await using var publisher = new MqttPublisher(broker.Options);
        publisher.Listen(topics.AllStreamStatus, new StaleStreams(topics, ["hall"], publisher).Take);
        publisher.Start();
        for (var i = 0; ; i++)
        {
            await using var late = await Subscriber.StartAsync(broker.Options, "diarizer/test/streams/#");
            await late.WaitForAsync("diarizer/test/streams/hall/status", "offline");
            await Task.Delay(50, TestContext.Current.CancellationToken);
            if (late.Messages.All(m => m.Topic.Contains("/hall/", StringComparison.Ordinal)))
            {
                Assert.Equal(4, late.Messages.Count);
                break;
            }
            Assert.True(i < 100, "old topics are still there");
        }
    }
}
