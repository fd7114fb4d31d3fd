using System.Diagnostics;
using System.Text.RegularExpressions;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Service.Tests;
using Diarizer.Service.Tests.EndToEnd;

namespace Diarizer.Documentation.Tests.Shell;

/// <summary>
/// Where the commands of one page run, one after another: a folder with the files that the page speaks of, the programs as they were built, a broker and, when a
/// command asks for one, a daemon. What is said of folders of the system, of ports and of brokers elsewhere is moved to those of the test.
/// </summary>
internal sealed partial class Sandbox : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly string[] SystemFolders = ["/etc/", "/opt/", "/var/lib/", "/backup/", "/usr/share/doc/diarizer/"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;
    private readonly Lazy<Broker> _broker = new(() => new Broker());
    private readonly int _webPort = Broker.FreePort();
    private readonly int _audioPort = Broker.FreePort();
    private readonly List<string> _outputs = [];
    private PageDaemon? _daemon;

    public Sandbox(DocumentPage page)
    {
        SandboxFiles.Fill(_folder, page.Text);
        _environment = new()
        {
            ["HOME"] = File("home"),
            ["STATE_DIRECTORY"] = File("root/var/lib/diarizer"),
            ["CREDENTIALS_DIRECTORY"] = File("root/credentials"),
            ["DIARIZER__WEB__PORT"] = $"{_webPort}",
            ["ALSA_CONFIG_PATH"] = File("asound.conf"),
            ["OMP_NUM_THREADS"] = "1",
            ["PATH"] = $"{AppContext.BaseDirectory}:/usr/sbin:{Environment.GetEnvironmentVariable("PATH")}",
        };
    }

    /// <summary>All that the commands printed so far, the daemon's lines included.</summary>
    public IEnumerable<string> Printed => [.. _outputs, .. _daemon?.Lines ?? []];

    /// <summary>The content of the text files that there are.</summary>
    public IEnumerable<string> Written => Directory.EnumerateFiles(_folder.Path)
        .Where(file => Path.GetExtension(file) is ".srt" or ".vtt" or ".json" or ".rttm" or ".csv" or ".txt").Select(System.IO.File.ReadAllText);

    /// <summary>A place in the folder.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>The text with the places of the test in it.</summary>
    public string Localise(string text)
    {
        foreach (var folder in SystemFolders)
            text = text.Replace(folder, File("root") + folder, StringComparison.Ordinal);
        text = WebAddress().Replace(text, $"127.0.0.1:{_webPort}");
        text = AudioPort().Replace(text, $":{_audioPort}");
        return BrokerOption().Replace(text, m => $"{m.Groups[1].Value}127.0.0.1:{_broker.Value.Port}");
    }

    /// <summary>Runs a statement with bash.</summary>
    /// <returns>What is wrong, or null when it ended with 0.</returns>
    public async Task<string?> RunAsync(string statement)
    {
        if (statement.Contains("diarizer run ", StringComparison.Ordinal))
            return await StartAsync(Words(statement)[1..]);
        if (NeedsDaemon().IsMatch(statement) && _daemon is null)
            await StartHouseAsync();
        var (code, output, errors) = Bash(Localise(statement));
        _outputs.Add(output);
        return code == 0 ? null : $"ended with {code}\n{output}\n{errors}";
    }

    /// <summary>The words of a statement as the shell takes it apart.</summary>
    public string[] Words(string statement) => Bash($"printf '%s\\0' {Localise(statement)}").Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Starts a daemon in the place of the one that runs.</summary>
    /// <returns>What is wrong, or null when it is ready.</returns>
    public async Task<string?> StartAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Stop();
        _daemon = new PageDaemon(arguments, Merged(environment), _folder.Path);
        return await _daemon.BecomesReadyAsync();
    }

    /// <summary>Starts the daemon as its unit would, with the configuration that the page gave.</summary>
    /// <param name="ofUser">The one of a session.</param>
    public Task<string?> StartServiceAsync(bool ofUser)
    {
        // What LoadCredential= would do.
        var key = File("root/etc/diarizer/enrolment.key");
        if (System.IO.File.Exists(key))
            System.IO.File.Copy(key, File("root/credentials/enrolment-key"), overwrite: true);
        return StartAsync(["run", "--config", File(ofUser ? "home/.config/diarizer/appsettings.json" : "root/etc/diarizer/appsettings.json")], new Dictionary<string, string>
        {
            ["DIARIZER__MQTT__HOST"] = "127.0.0.1",
            ["DIARIZER__MQTT__PORT"] = $"{_broker.Value.Port}",
            ["DIARIZER__ENROLMENT__RECORDINGS__MINIMUMSPEECH"] = "2",
        });
    }

    public void Dispose()
    {
        Stop();
        if (_broker.IsValueCreated)
            _broker.Value.Dispose();
        _folder.Dispose();
    }

    // The node hall with the stream kitchen, of which most pages speak; people talk in it.
    private async Task StartHouseAsync()
    {
        var configuration = _folder.Write("house.json", $$"""
            {
              "Diarizer": {
                "Streams": [ { "Name": "kitchen", "Source": "stdin:?rate=16000" } ],
                "Enrolment": { "Recordings": { "MinimumSpeech": 2 } },
                "Mqtt": { "Host": "127.0.0.1", "Port": {{_broker.Value.Port}}, "Node": "hall" }
              }
            }
            """);
        _daemon = new PageDaemon(["run", "--config", configuration], Merged(null), _folder.Path, talks: true);
        Assert.Null(await _daemon.BecomesReadyAsync());
    }

    private void Stop()
    {
        if (_daemon is not null)
            _outputs.AddRange(_daemon.Lines);
        _daemon?.Dispose();
        _daemon = null;
    }

    private Dictionary<string, string> Merged(IReadOnlyDictionary<string, string>? environment)
    {
        var merged = new Dictionary<string, string>(_environment);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            merged[key] = value;
        return merged;
    }

    private (int Code, string Output, string Errors) Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euc", $". '{Path.Combine(AppContext.BaseDirectory, "Shell", "prelude.sh")}'\n{script}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        foreach (var (key, value) in _environment)
            start.Environment[key] = value;
        if (script.Contains("mosquitto_", StringComparison.Ordinal))
            start.Environment["BROKER_PORT"] = $"{_daemon?.OwnBrokerPort ?? _broker.Value.Port}";
        using var bash = Process.Start(start)!;
        bash.StandardInput.Close();
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        if (!bash.WaitForExit(Patience))
        {
            bash.Kill(entireProcessTree: true);
            return (-1, output.Result, $"It takes longer than {Patience.TotalSeconds} s.\n{errors.Result}");
        }

        return (bash.ExitCode, output.Result, errors.Result);
    }

    [GeneratedRegex(@"\b(127\.0\.0\.1|localhost):8420\b")]
    private static partial Regex WebAddress();

    [GeneratedRegex(@":(5004|10700)\b")]
    private static partial Regex AudioPort();

    [GeneratedRegex(@"(--broker )[\w.:-]+")]
    private static partial Regex BrokerOption();

    [GeneratedRegex(@"\bmosquitto_(sub|pub|rr)\b|\bcurl\b|\bdiarizer status\b")]
    private static partial Regex NeedsDaemon();
}
