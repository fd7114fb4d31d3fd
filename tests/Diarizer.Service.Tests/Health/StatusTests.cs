using System.Net;
using System.Text.Json;
using Diarizer.Service.Tests.EndToEnd;

namespace Diarizer.Service.Tests.Health;

/// <summary>A real daemon, asked over HTTP and by <c>diarizer status</c>.</summary>
[Collection(ExecutableCollection.Name)]
public sealed class StatusTests : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_daemon_tells_how_it_is_doing_until_it_is_gone()
    {
        using var daemon = Start();
        var address = await AddressAsync(daemon);
        await daemon.WaitForErrorAsync("Ready after");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(address, "health/live"));
        await EventuallyAsync(async () => await AskAsync(address, "health/ready") == (HttpStatusCode.OK, "Healthy"));

        var (code, table, _) = DiarizerProcess.Run("status", "--url", address);
        Assert.Equal(0, code);
        Assert.Contains("ready, up", table, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^hall +online +\d+ s ", table);
        var (_, json, _) = DiarizerProcess.Run("status", "--json", "--url", address);
        var status = JsonElement.Parse(json);
        Assert.Equal("ready", status.GetProperty("state").GetString());
        Assert.True(status.GetProperty("broker").GetProperty("is_connected").GetBoolean());
        Assert.Equal("online", status.GetProperty("streams")[0].GetProperty("status").GetString());

        await EventuallyAsync(async () => (await AskAsync(address, "metrics")).Text.Contains("diarizer_lag_seconds_count{stream=\"hall\"}", StringComparison.Ordinal));
        var metrics = (await AskAsync(address, "metrics")).Text;
        Assert.Contains("diarizer_stream_up{stream=\"hall\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("diarizer_broker_up 1\n", metrics, StringComparison.Ordinal);

        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        var (gone, _, complaint) = DiarizerProcess.Run("status", "--url", address);
        Assert.Equal(3, gone);
        Assert.Contains("No daemon answers", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_broker_it_is_degraded_and_with_a_token_it_tells_strangers_no_more_than_that()
    {
        var token = _folder.Write("token", "0123456789abcdef0123\n");
        using var daemon = Start(("DIARIZER__MQTT__HOST", "127.0.0.1"), ("DIARIZER__MQTT__PORT", "1"), ("DIARIZER__WEB__TOKENFILE", token));
        var address = await AddressAsync(daemon);
        await daemon.WaitForErrorAsync("Ready after");
        await EventuallyAsync(async () => await AskAsync(address, "health/ready") == (HttpStatusCode.OK, "Degraded"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(address, "metrics")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(address, "api/status")).Code);

        var (code, output, sentence) = DiarizerProcess.Run("status", "--url", address);
        Assert.Equal((0, ""), (code, output));
        Assert.Contains("The daemon is degraded", sentence, StringComparison.Ordinal);
        var (_, table, _) = DiarizerProcess.RunWith(new Dictionary<string, string> { ["DIARIZER__WEB__TOKENFILE"] = token }, "status", "--url", address);
        Assert.Contains("! broker: not connected to 127.0.0.1:1", table, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_told() => Assert.Equal(2, DiarizerProcess.Run("status", "--url", "here").ExitCode);

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private static DiarizerProcess Start(params (string Key, string Value)[] more) => DiarizerProcess.Start(["run"], new Dictionary<string, string>(more.Select(m => KeyValuePair.Create(m.Key, m.Value)))
    {
        ["DIARIZER__STREAMS__0__NAME"] = "hall",
        ["DIARIZER__STREAMS__0__SOURCE"] = Sample.Path,
        ["DIARIZER__STREAMS__0__REALTIME"] = "true",
        ["DIARIZER__STREAMS__0__LOOP"] = "true",
        ["DIARIZER__WEB__PORT"] = "0",
    });

    private static async Task<string> AddressAsync(DiarizerProcess daemon)
    {
        var line = await daemon.WaitForErrorAsync("http://");
        return line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ')[0];
    }

    private async Task<(HttpStatusCode Code, string Text)> AskAsync(string address, string path)
    {
        using var answer = await _http.GetAsync(new Uri(new Uri(address), path), Stop);
        return (answer.StatusCode, path.StartsWith("health", StringComparison.Ordinal) ? (await answer.Content.ReadAsStringAsync(Stop)).Trim() : await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isTrue)
    {
        for (var i = 0; i < 300; i++, await Task.Delay(100, Stop))
        {
            if (await isTrue())
                return;
        }

        Assert.Fail("It never came true.");
    }
}
