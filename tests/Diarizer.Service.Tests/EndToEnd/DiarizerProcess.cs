using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The real executable, as a user starts it.</summary>
internal sealed partial class DiarizerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TemporaryFolder _state = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private DiarizerProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, bool feedsInput, string? folder)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "diarizer"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = feedsInput,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment["STATE_DIRECTORY"] = _state.Path;
        // The usual port may be another daemon's.
        start.Environment["DIARIZER__WEB__PORT"] = "0";
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => [.. _output];

    public IReadOnlyList<string> Errors => [.. _errors];

    public int Id => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts it and leaves it running.</summary>
    public static DiarizerProcess Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, bool feedsInput = false, string? folder = null) => new(arguments, environment, feedsInput, folder);

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments) => RunWith(new Dictionary<string, string>(), arguments);

    /// <summary>Runs it to its end with environment variables.</summary>
    public static (int ExitCode, string Output, string Errors) RunWith(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(arguments, environment);
        var code = process.WaitForExit();
        return (code, string.Join('\n', process.Output), string.Join('\n', process.Errors));
    }

    /// <summary>Waits for a line of standard output that contains <paramref name="text"/>.</summary>
    public Task<string> WaitForOutputAsync(string text) => WaitForAsync(_output, text);

    /// <summary>Waits for a line of standard error that contains <paramref name="text"/>.</summary>
    public Task<string> WaitForErrorAsync(string text) => WaitForAsync(_errors, text);

    /// <summary>Sends SIGKILL and waits for the end.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends SIGTERM, as systemd does.</summary>
    public void Terminate() => Assert.Equal(0, SendSignal(_process.Id, 15));

    public int WaitForExit()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill();
            throw new TimeoutException($"The process hangs. Output:\n{string.Join('\n', _output)}\nErrors:\n{string.Join('\n', _errors)}");
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _state.Dispose();
    }

    private async Task<string> WaitForAsync(ConcurrentQueue<string> lines, string text)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < Patience; await Task.Delay(20))
        {
            if (lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;
            if (_process.HasExited)
                break;
        }

        throw new TimeoutException($"\"{text}\" was never printed. Output:\n{string.Join('\n', _output)}\nErrors:\n{string.Join('\n', _errors)}");
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
