using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Diarizer.Tests.Shared;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>What the user sees: the real <c>mosquitto_sub</c>. What the node sends must be as docs/asyncapi.yaml says.</summary>
internal sealed class Subscriber : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<(string Topic, string Payload)> _messages = new();

    public Subscriber(int port, string filter)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{port}", "-q", "1", "-t", filter, "-F", "%t\t%p"]) { RedirectStandardOutput = true },
        };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Split('\t', 2) is [var topic, var payload])
                _messages.Enqueue((topic, payload));
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    public IReadOnlyList<(string Topic, string Payload)> Messages => [.. _messages];

    public IReadOnlyList<JsonElement> Turns(string stream) =>
        [.. _messages.Where(m => m.Topic.EndsWith($"/streams/{stream}/turns", StringComparison.Ordinal)).Select(m => JsonDocument.Parse(m.Payload).RootElement)];

    public async Task WaitForAsync(Func<IReadOnlyList<(string Topic, string Payload)>, bool> condition, string what)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(20))
        {
            if (condition(Messages))
                return;
        }

        throw new TimeoutException($"{what} did not arrive; these did:\n{string.Join('\n', Messages)}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Assert.Empty(_messages.Where(m => !m.Topic.Contains("/request/", StringComparison.Ordinal)).SelectMany(m => ContractCheck.Current.Problems(m.Topic, m.Payload)));
    }
}
