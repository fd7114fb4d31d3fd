using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Diarizer.Service.Tests.Web.Browser;

/// <summary>A window of Chromium, driven over the DevTools protocol.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    /// <summary>Every address that was asked for.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Exceptions and errors of the console.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public static async Task<BrowserPage> ConnectAsync(Uri tools)
    {
        var page = new BrowserPage();
        await page._socket.ConnectAsync(tools, CancellationToken.None);
        page._receiving = page.ReceiveAsync();
        foreach (var domain in (string[])["Page", "Runtime", "Network", "Log"])
            await page.CallAsync($"{domain}.enable");
        return page;
    }

    public Task ResizeAsync(int width, int height, double scale = 1, bool mobile = false) =>
        CallAsync("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = scale, mobile });

    public Task PreferAsync(string feature, string value) => CallAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = feature, value } } });

    public Task GoAsync(Uri address) => CallAsync("Page.navigate", new { url = address.ToString() });

    /// <summary>The value of an expression of JavaScript; promises are awaited.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new { expression, awaitPromise = true, returnByValue = true });
        if (answer.TryGetProperty("exceptionDetails", out var failure))
            throw new InvalidOperationException($"{expression}: {failure.GetRawText()}");
        return answer.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    public async Task<string> TextAsync(string expression) => (await EvaluateAsync(expression)).ToString();

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitAsync(string expression)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < Patience; await Task.Delay(50))
        {
            // What it asks about may not be there yet, and a page that is being left cannot be asked.
            if (await TryEvaluateAsync($"(async () => {{ try {{ return Boolean({expression}); }} catch {{ return false; }} }})()") is { ValueKind: JsonValueKind.True })
                return;
        }

        throw new TimeoutException($"Never true: {expression}\nThe page: {await TextAsync("document.body.innerText")}\nComplaints: {string.Join('\n', _complaints)}");
    }

    private async Task<JsonElement> TryEvaluateAsync(string expression)
    {
        try
        {
            return await EvaluateAsync(expression);
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    public async Task PressAsync(string key, int modifiers = 0)
    {
        await CallAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, code = key, modifiers, text = key == "Enter" ? "\r" : key.Length == 1 ? key : "" });
        await CallAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, modifiers });
    }

    public Task TypeAsync(string text) => CallAsync("Input.insertText", new { text });

    public async Task<byte[]> ScreenshotAsync() => (await CallAsync("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetBytesFromBase64();

    public async Task<JsonElement> CallAsync(string method, object? parameters = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        TaskCompletionSource<JsonElement> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = done;
        var message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { } });
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await done.Task.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var piece = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (piece.MessageType == WebSocketMessageType.Close)
                    return;
                message.Write(buffer, 0, piece.Count);
                if (!piece.EndOfMessage)
                    continue;
                using var json = JsonDocument.Parse(message.ToArray());
                Take(json.RootElement.Clone());
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The window was closed.
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            if (!_calls.TryRemove(id.GetInt32(), out var call))
                return;
            if (message.TryGetProperty("error", out var error))
                call.TrySetException(new InvalidOperationException(error.GetRawText()));
            else
                call.TrySetResult(message.GetProperty("result"));
            return;
        }

        var parameters = message.GetProperty("params");
        switch (message.GetProperty("method").GetString())
        {
            case "Network.requestWillBeSent":
                _requests.Enqueue(parameters.GetProperty("request").GetProperty("url").GetString()!);
                break;
            case "Runtime.exceptionThrown":
                _complaints.Enqueue(parameters.GetProperty("exceptionDetails").GetRawText());
                break;
            case "Log.entryAdded" when parameters.GetProperty("entry").GetProperty("level").GetString() == "error":
                _complaints.Enqueue(parameters.GetProperty("entry").GetRawText());
                break;
        }
    }
}
