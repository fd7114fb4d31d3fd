using System.Diagnostics;
using System.Net.Sockets;
using Diarizer.Mqtt.Publishing;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Broker;

/// <summary>
/// <c>mosquitto</c> as a child process, started again when it dies. One thread of its own starts the child and waits for it: the kernel sends the
/// parent-death signal when the <i>thread</i> that started the child ends, so a thread of the pool would take the broker with it.
/// </summary>
internal sealed class MosquittoBroker : IEmbeddedBroker
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BackoffMin = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private string? _lastError;

    private MosquittoBroker(int port, ILogger log, TimeProvider time)
    {
        Port = port;
        _log = log;
        _time = time;
    }

    public string Host => EmbeddedBroker.Loopback;

    public int Port { get; }

    /// <summary>Process id of the running child; 0 while there is none.</summary>
    internal int ProcessId
    {
        get
        {
            lock (_gate)
                return _process?.Id ?? 0;
        }
    }

    public static async Task<MosquittoBroker> StartAsync(int port, ILogger log, TimeProvider time, CancellationToken cancellationToken)
    {
        var broker = new MosquittoBroker(port, log, time);
        new Thread(broker.Supervise) { IsBackground = true, Name = "embedded broker" }.Start();
        try
        {
            await broker._ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stop.Set();
            Kill();
        }
        await _ended.Task.ConfigureAwait(false);
    }

    private void Supervise()
    {
        var backoff = new Backoff(BackoffMin, BackoffMax, Random.Shared);
        try
        {
            do
            {
                RunOnce(backoff);
                if (!_stop.IsSet)
                    _log.EmbeddedBrokerEnded(_lastError ?? "no reason given");
            }
            while (!_stop.Wait(backoff.Next()));
        }
        catch (Exception e)
        {
            if (!_ready.TrySetException(e))
                _log.EmbeddedBrokerBroke(e);
        }
        finally
        {
            _ready.TrySetCanceled();
            _ended.TrySetResult();
        }
    }

    private void RunOnce(Backoff backoff)
    {
        using var configuration = new MosquittoConfiguration(Port);
        using var process = Start(configuration);
        if (process is null)
            return;
        try
        {
            if (WaitUntilAccepting(process))
            {
                backoff.Reset();
                if (_ready.TrySetResult())
                    _log.EmbeddedBrokerStarted(Host, Port);
                process.WaitForExit();
            }
            else if (!_ready.Task.IsCompleted && !_stop.IsSet)
            {
                Kill();
                process.WaitForExit();
                throw new UserErrorException($"The embedded broker does not start on {Host}:{Port} ({_lastError ?? "it gives no reason"}): "
                    + "choose another Mqtt:Port, or set Mqtt:Host to a broker that runs elsewhere.");
            }
        }
        finally
        {
            Kill();
            lock (_gate)
                _process = null;
        }
    }

    private Process? Start(MosquittoConfiguration configuration)
    {
        lock (_gate)
        {
            if (_stop.IsSet)
                return null;
            var process = Process.Start(MosquittoCommand.For(configuration.File))!;
            process.ErrorDataReceived += (_, line) => Note(line.Data);
            process.BeginErrorReadLine();
            return _process = process;
        }
    }

    private bool WaitUntilAccepting(Process process)
    {
        var began = _time.GetTimestamp();
        while (!process.HasExited && _time.GetElapsedTime(began) < StartLimit)
        {
            if (Accepts())
                return true;
            if (_stop.Wait(PollInterval))
                return false;
        }
        if (process.HasExited)
            process.WaitForExit();
        return false;
    }

    private bool Accepts()
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(Host, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Lines of mosquitto are <c>1700000000: Error: text</c>.</summary>
    private void Note(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        _lastError = colon > 0 && line.AsSpan(0, colon).TrimStart().IndexOfAnyExceptInRange('0', '9') < 0 ? line[(colon + 2)..] : line;
        _log.EmbeddedBrokerSaid(_lastError);
    }

    private void Kill()
    {
        try
        {
            _process?.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }
}
