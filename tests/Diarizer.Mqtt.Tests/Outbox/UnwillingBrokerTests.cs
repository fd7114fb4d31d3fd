using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>A broker that is there and does not want to, while people talk, scaled down in time (bench/outage.py does it at full length); see <see cref="TalkingRooms"/> for what must hold.</summary>
public sealed class UnwillingBrokerTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public Task A_broker_that_accepts_and_never_answers() => TalkingRooms.TroubleAsync(_files.Path("state"), async room =>
    {
        room.Gate.Cut();
        room.Gate.IsSilent = true;
        await Task.Delay(1000, Token);
        room.Gate.IsSilent = false;
    });

    [Fact]
    public Task A_broker_that_refuses() => TalkingRooms.TroubleAsync(_files.Path("state"), async room =>
    {
        await using var refusing = await TestBroker.StartAsync("allow_anonymous false");
        room.Gate.Target = refusing.Port;
        room.Gate.Cut();
        await Task.Delay(1000, Token);
        room.Gate.Target = room.Broker.Port;
    });
}
