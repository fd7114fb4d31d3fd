using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Diarizer.Service.Tests.Web.Browser;

/// <summary>A headless Chromium of its own, with an empty profile.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Names = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
        "--disable-dev-shm-usage", "--remote-debugging-port=0", "--lang=en-GB", "about:blank",
    ];

    private readonly TemporaryFolder _profile = new();
    private readonly Process _process;
    private readonly Task<Uri> _tools;

    private Chromium(string path)
    {
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _tools = address.Task;
        _process = new Process { StartInfo = new ProcessStartInfo(path, [.. Flags, $"--user-data-dir={_profile.Path}"]) { RedirectStandardError = true } };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.StartsWith("DevTools listening on ", StringComparison.Ordinal))
                address.TrySetResult(new Uri(text["DevTools listening on ".Length..]));
        };
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts one; the test is skipped where none is installed.</summary>
    public static Chromium Start()
    {
        var path = Array.Find(Names, File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed");
        return new Chromium(path!);
    }

    /// <summary>Opens a window.</summary>
    public async Task<BrowserPage> OpenAsync(int width = 1280, int height = 900)
    {
        var tools = await _tools.WaitAsync(TimeSpan.FromSeconds(60));
        using var client = new HttpClient();
        using var answer = await client.PutAsync(new Uri($"http://127.0.0.1:{tools.Port}/json/new?about:blank"), null);
        var target = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var page = await BrowserPage.ConnectAsync(new Uri(target.GetProperty("webSocketDebuggerUrl").GetString()!));
        await page.ResizeAsync(width, height);
        return page;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A child that is still ending may write once more.
        }
    }
}
