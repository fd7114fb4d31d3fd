using System.Text.Json;
using Diarizer.Service.Identity;
using Diarizer.Service.Tests.Web.Browser;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The page of the real daemon, which plays the sample, in a real browser.</summary>
[Collection(ExecutableCollection.Name)]
public sealed class PageTests : IDisposable
{
    private const string Room = "(await import('/js/main.js')).rooms.get('hall')";

    private readonly TemporaryFolder _folder = new();
    private readonly Chromium _browser = Chromium.Start();

    public void Dispose()
    {
        _browser.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_room_is_watched_its_speakers_named_and_its_session_downloaded()
    {
        using var daemon = Start();
        var address = await AddressAsync(daemon);
        await using var page = await OpenAsync(address);
        await page.WaitAsync("document.querySelector('.status').textContent === 'listening'");
        await page.WaitAsync("document.querySelector('#broker').textContent.includes('connected')");
        await page.WaitAsync("Number(document.querySelector('.meter').getAttribute('aria-valuenow')) > -50");
        await page.WaitAsync("document.querySelector('.lag .value').textContent.endsWith(' ms')");
        await page.WaitAsync("[...document.querySelectorAll('.lane .called')].filter(e => e.textContent.startsWith('Speaker')).length >= 2");

        // By keyboard: the first speaker is named.
        await page.EvaluateAsync("[...document.querySelectorAll('button.lane')].find(b => b.textContent.startsWith('Speaker 1')).focus()");
        await page.PressAsync("Enter");
        await page.WaitAsync("document.querySelector('#speaker').open");
        await page.EvaluateAsync("document.querySelector('.rename [name=name]').focus()");
        await page.TypeAsync("=Ann, Lee");
        await page.PressAsync("Enter");
        await page.WaitAsync("document.querySelector('#speaker .answer').textContent.includes('saved')");
        await page.PressAsync("Escape");
        await page.WaitAsync("[...document.querySelectorAll('.lane .called')].some(e => e.textContent === '=Ann, Lee')");

        // Muted and heard again.
        await page.EvaluateAsync("document.querySelector('.mute').click()");
        await page.WaitAsync("document.querySelector('.status').textContent === 'muted' && document.querySelector('.mute').textContent === 'Unmute'");
        await page.EvaluateAsync("document.querySelector('.mute').click()");
        await page.WaitAsync("document.querySelector('.status').textContent === 'listening'");

        // A new session; the one before stays to be seen and had.
        var first = await page.TextAsync($"(async () => {Room}.session.id)()");
        await page.EvaluateAsync("document.querySelector('.fresh').click()");
        await page.WaitAsync("document.querySelector('.pick select').options.length === 2");
        var files = (await page.EvaluateAsync($"Promise.all(['rttm', 'json', 'csv'].map(kind => fetch('/api/sessions/{first}.' + kind).then(r => r.text())))")).EnumerateArray().Select(f => f.GetString()!).ToList();
        Assert.All(files[0].TrimEnd('\n').Split('\n'), line => Assert.Matches($"^SPEAKER {first} 1 [0-9.]+ [0-9.]+ <NA> <NA> [^ ]+ <NA> <NA>$", line));
        Assert.Contains("=Ann,_Lee", files[0], StringComparison.Ordinal);
        Assert.Contains(JsonElement.Parse(files[1]).GetProperty("speakers").EnumerateArray(), s => s.GetProperty("name").GetString() == "=Ann, Lee");
        Assert.Contains(",\"'=Ann, Lee\",", files[2], StringComparison.Ordinal);

        Assert.All(page.Requests, request => Assert.StartsWith(address.ToString(), request, StringComparison.Ordinal));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_speaker_is_enrolled_with_consent_and_forgotten()
    {
        using var daemon = Start();
        await using var page = await OpenAsync(await AddressAsync(daemon));
        await page.WaitAsync($"[...{Room}.session.speakers.values()].some(s => s.id === 's1' && s.speech_s > 5)");
        await page.EvaluateAsync(Click("button.lane", "Speaker 1"));
        await page.EvaluateAsync("document.querySelector('.enrol').open = true");
        await page.EvaluateAsync("for (const [name, text] of [['name', 'Ann Lee'], ['purpose', 'minutes'], ['given_by', 'Ann Lee']]) document.querySelector(`.enrol [name=${name}]`).value = text");
        // Without the tick nothing is sent.
        await page.EvaluateAsync("document.querySelector('.enrol form button').click()");
        Assert.Equal("False", await page.TextAsync("document.querySelector('.enrol form').checkValidity()"));
        await page.EvaluateAsync("document.querySelector('.enrol [name=agreed]').click(); document.querySelector('.enrol form button').click()");
        await page.WaitAsync("!document.querySelector('#speaker').open && document.querySelector('button.lane.enrolled .called')?.textContent === 'Ann Lee'");

        await page.EvaluateAsync(Click("button.lane", "Ann Lee"));
        await page.EvaluateAsync("document.querySelector('.forget button').click()");
        await page.WaitAsync("document.querySelector('.forget button').textContent === 'Forget for good'");
        await page.EvaluateAsync("document.querySelector('.forget button').click()");
        await page.WaitAsync("!document.querySelector('#speaker').open && !document.querySelector('button.lane.enrolled') && !document.body.textContent.includes('Ann Lee')");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_the_page_holds_is_what_the_daemon_holds_corrections_included()
    {
        using var daemon = Start();
        await using var page = await OpenAsync(await AddressAsync(daemon));
        await page.WaitAsync("[...document.querySelectorAll('.lane .called')].filter(e => e.textContent.startsWith('Speaker')).length >= 2");
        await page.EvaluateAsync("import('/js/connection.js').then(m => m.command('session/end', {}))");
        await page.WaitAsync("document.querySelector('.pick select').selectedOptions[0]?.textContent.includes(' speaker')");
        const string Shape = ".sort((a, b) => a[0] - b[0])";
        var held = await page.TextAsync($"(async () => JSON.stringify([...{Room}.session.order].map(t => [t.n, t.revision, t.speaker, t.start, t.end, t.open, t.decided]){Shape}))()");
        var known = await page.TextAsync(
            $"(async () => JSON.stringify((await (await fetch('/api/sessions/' + {Room}.session.id + '.json')).json()).turns.map(t => [t.n, t.revision, t.speaker, t.start_ms, t.end_ms, t.open, t.decided]){Shape}))()");
        Assert.Equal(known, held);
        Assert.NotEqual("[]", held);

        // A turn that is withdrawn goes, and the lane of its speaker.
        const string Withdraw = """
            (async () => {
              const session = new (await import('/js/session.js')).Session({ stream: 'hall', session_id: 'x', started_at: '2026-03-01T09:30:00Z' });
              const turn = { open: false, decided: true, confidence: 1 };
              session.add({ ...turn, n: 1, revision: 1, speaker: 's1', start_ms: 0, end_ms: 900 });
              session.add({ ...turn, n: 2, revision: 1, speaker: 's2', start_ms: 1000, end_ms: 1900 });
              session.add({ ...turn, n: 2, revision: 2, speaker: 'unknown', start_ms: 1000, end_ms: 1000 });
              session.add({ ...turn, n: 3, revision: 1, speaker: 'unknown', start_ms: 2000, end_ms: 2000 });
              return [session.order.map(t => t.n), session.lanes, session.turns.size].join(' ');
            })()
            """;
        Assert.Equal("1 s1 1", await page.TextAsync(Withdraw));
    }

    [Fact]
    public async Task It_can_be_used_by_keyboard_and_screen_reader_on_a_phone_and_in_the_dark()
    {
        using var daemon = Start();
        await using var page = await OpenAsync(await AddressAsync(daemon));
        await page.WaitAsync("[...document.querySelectorAll('.lane .called')].filter(e => e.textContent.startsWith('Speaker')).length >= 1");
        await page.EvaluateAsync("document.querySelector('canvas.timeline').focus()");
        await page.PressAsync("ArrowLeft");
        await page.WaitAsync("!document.querySelector('.tip').hidden && /–/.test(document.querySelector('#said').textContent)");
        await page.WaitAsync($"{Room}.session.now() > 15000");
        await page.PressAsync("-");
        await page.PressAsync("0");
        await page.WaitAsync("document.querySelector('.live').getAttribute('aria-pressed') === 'false'");
        await page.PressAsync("End");
        await page.WaitAsync("document.querySelector('.live').getAttribute('aria-pressed') === 'true'");
        await page.EvaluateAsync("document.querySelector('.table summary').click()");
        await page.WaitAsync("document.querySelectorAll('.table tbody tr').length > 0");

        foreach (var scheme in (string[])["light", "dark"])
        {
            await page.PreferAsync("prefers-color-scheme", scheme);
            await page.WaitAsync($"getComputedStyle(document.documentElement).colorScheme === '{scheme}'");
            await AssertAccessibleAsync(page);
        }

        await page.ResizeAsync(390, 844, 2, mobile: true);
        await page.WaitAsync("document.documentElement.scrollWidth <= 390");
        await AssertAccessibleAsync(page);
        await page.EvaluateAsync("document.querySelector('button.lane:not(:disabled)').click()");
        await page.WaitAsync("document.querySelector('#speaker').open");
        await page.EvaluateAsync("document.querySelector('.enrol summary').click()");
        await AssertAccessibleAsync(page);
        Assert.True((await page.EvaluateAsync("document.querySelector('#speaker').getBoundingClientRect().right <= 390")).GetBoolean());
    }

    [Fact]
    public async Task A_daemon_that_goes_and_comes_back_is_seen_to()
    {
        Uri address;
        await using var page = await _browser.OpenAsync();
        using (var daemon = Start())
        {
            address = await AddressAsync(daemon);
            await page.GoAsync(address);
            await page.WaitAsync("document.querySelector('#link')?.textContent === 'live'");
            daemon.Terminate();
            await page.WaitAsync("document.querySelector('#link').textContent.includes('lost')");
            daemon.WaitForExit();
        }

        using var again = Start(address.Port);
        await page.WaitAsync("document.querySelector('#link').textContent === 'live'");
        await page.WaitAsync("document.querySelector('.status').textContent === 'listening'");
    }

    [Fact]
    public async Task With_a_token_the_page_asks_for_it_once()
    {
        using var daemon = Start(web: $$""" "TokenFile": "{{_folder.Write("token", "0123456789abcdef")}}" """);
        await using var page = await OpenAsync(await AddressAsync(daemon));
        await page.WaitAsync("document.querySelector('#login').open");
        await page.EvaluateAsync("document.querySelector('#login input').focus()");
        await page.TypeAsync("wrong");
        await page.PressAsync("Enter");
        await page.WaitAsync("document.querySelector('#login .answer').textContent.includes('not the token')");
        await page.EvaluateAsync("document.querySelector('#login input').value = ''");
        await page.TypeAsync("0123456789abcdef");
        await page.PressAsync("Enter");
        await page.WaitAsync("document.querySelector('.status')?.textContent === 'listening'");
        await page.CallAsync("Page.reload");
        await page.WaitAsync("document.querySelector('.status')?.textContent === 'listening'");
    }

    private static string Click(string selector, string text) => $"[...document.querySelectorAll('{selector}')].find(e => e.textContent.startsWith('{text}')).click()";

    private static async Task AssertAccessibleAsync(BrowserPage page)
    {
        if (Axe.Script is not { } script)
            return;
        await page.EvaluateAsync(script + "; true");
        var found = await page.EvaluateAsync("axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')))");
        Assert.Empty(found.EnumerateArray().Select(v => v.GetString()));
    }

    private async Task<BrowserPage> OpenAsync(Uri address)
    {
        var page = await _browser.OpenAsync();
        await page.GoAsync(address);
        return page;
    }

    private static async Task<Uri> AddressAsync(DiarizerProcess daemon) => new((await daemon.WaitForErrorAsync("Live page at ")).Split("Live page at ")[1]);

    private DiarizerProcess Start(int port = 0, string web = "")
    {
        var settings = _folder.Write("settings.json", $$"""
            {
              "Diarizer": {
                "Streams": [ { "Name": "hall", "Source": "{{Sample.Path}}", "Realtime": true, "Loop": true } ],
                "Enrolment": { "KeyFile": "{{Key()}}", "Recordings": { "MinimumSpeech": 3 } },
                "Web": { {{web}} }
              }
            }
            """);
        return DiarizerProcess.Start(["run", "--config", settings], new Dictionary<string, string> { ["DIARIZER__WEB__PORT"] = $"{port}" });
    }

    private string Key()
    {
        var path = _folder.File("enrolment.key");
        if (!File.Exists(path))
            EnrolmentKey.Create(path);
        return path;
    }
}
