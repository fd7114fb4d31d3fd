using System.Threading.Channels;
using Diarizer.Service.Hosting;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Publishing;

/// <summary>
/// Lines on their way to the terminal. Holds 1,024 of them; when a terminal is blocked that long the newest are dropped and counted,
/// since no stream may wait for a reader.
/// </summary>
public sealed class ConsoleQueue : IAsyncDisposable
{
    private const int Capacity = 1024;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly TextWriter _output;
    private readonly ILogger _log;
    private readonly Task _writing;
    private long _dropped;

    /// <summary>Starts writing to <paramref name="output"/>.</summary>
    public ConsoleQueue(TextWriter output, ILogger<ConsoleQueue> log)
    {
        (_output, _log) = (output, log);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Queues one line (or several, separated by line feeds).</summary>
    public void Write(string line)
    {
        if (!_lines.Writer.TryWrite(line))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what is queued and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
        if (Interlocked.Read(ref _dropped) is > 0 and var count)
            _log.ConsoleDropped(count);
    }

    private async Task WriteAllAsync()
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync())
            {
                await _output.WriteLineAsync(line);
                await _output.FlushAsync();
            }
        }
        catch (IOException)
        {
            // The reader of the pipe went away; the daemon's work does not depend on it.
            _lines.Writer.TryComplete();
        }
    }
}
