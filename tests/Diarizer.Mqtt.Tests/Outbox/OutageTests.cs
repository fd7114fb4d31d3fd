using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>A broker that goes away while people talk, scaled down in time (bench/outage.py does it at full length); see <see cref="TalkingRooms"/> for what must hold.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public Task A_broker_that_is_stopped() => TalkingRooms.TroubleAsync(_files.Path("state"), async room =>
    {
        room.Gate.Close();
        await room.Broker.KillAsync();
        await Task.Delay(1500, Token);
        await room.Broker.StartAgainAsync();
        // First in line, to see everything.
        await room.SubscribeAgainAsync();
        room.Gate.Open();
    });

    [Fact]
    public Task A_hundred_connections_that_break() => TalkingRooms.TroubleAsync(_files.Path("state"), async room =>
    {
        var random = new Random(1);
        for (var i = 0; i < 100; i++)
        {
            await Task.Delay(random.Next(60), Token);
            room.Gate.Cut();
        }
    });

    [Fact]
    public Task A_broker_that_takes_everything_and_loses_its_answers() => TalkingRooms.TroubleAsync(_files.Path("state"), async room =>
    {
        room.Gate.LoseAnswers = true;
        await Task.Delay(1000, Token);
        room.Gate.LoseAnswers = false;
        room.Gate.Cut();
    });
}
