using System.Diagnostics;
using Diarizer.Audio.Files;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>Satellites: audio comes over MQTT, from the real <c>mosquitto_pub</c>, and turns go back.</summary>
[Collection(ExecutableCollection.Name)]
public class SatelliteTests
{
    private const double ChunkSeconds = 0.5;

    [Fact]
    public async Task Audio_frames_of_a_hermes_satellite_become_turns()
    {
        using var folder = new TemporaryFolder();
        using var broker = new Broker();
        using var subscriber = new Subscriber(broker.Port, "diarizer/#");
        using var daemon = DiarizerProcess.Start(["run", "--source", "kitchen=hermes:kitchen-1", "--broker", broker.Address]);
        await daemon.WaitForErrorAsync("Ready");
        // Subscriptions follow the connection: online is told before them.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        for (var n = 0; n < 20; n++)
        {
            var file = folder.File($"{n}.wav");
            WavWriter.WriteMono(file, Sample.Cut(n * ChunkSeconds, ChunkSeconds));
            Publish(broker, file);
        }

        await subscriber.WaitForAsync(messages => messages.Any(m => m.Topic.EndsWith("/streams/kitchen/turns", StringComparison.Ordinal)), "a turn");
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        await subscriber.WaitForAsync(_ => subscriber.Turns("kitchen").Any(t => t.GetProperty("event_type").GetString() == "turn_ended"), "the end of the turn");
    }

    private static void Publish(Broker broker, string file)
    {
        using var sender = Process.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-t", "hermes/audioServer/kitchen-1/audioFrame", "-f", file]);
        sender.WaitForExit();
        Assert.Equal(0, sender.ExitCode);
    }
}
