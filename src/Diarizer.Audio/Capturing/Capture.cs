using Diarizer.Audio.Timing;

namespace Diarizer.Audio.Capturing;

/// <summary>
/// Runs a source on a thread of its own and offers its audio as 16 kHz mono. The thread never waits for the reader of a live source; it does
/// for a file or a pipe. One reader.
/// </summary>
public sealed class Capture : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly IAudioSource _source;
    private readonly CaptureQueue _queue;
    private readonly CapturePump _pump;
    private readonly Pacer? _pacer;
    private readonly Thread _thread;
    private volatile bool _stopping;

    private Capture(IAudioSource source, CaptureOptions options)
    {
        _source = source;
        _queue = new((int)(options.Buffer.TotalSeconds * SampleClock.Rate));
        _pump = new(source, _queue, source.IsLive || options.Realtime, options.Time);
        _pacer = options.Realtime && !source.IsLive ? new(options.Time) : null;
        _thread = new(Run) { IsBackground = true, Name = "capture " + source.Uri };
    }

    /// <summary>What has been captured, lost and dropped so far. May be asked for on any thread.</summary>
    public CaptureStatistics Statistics => _pump.Statistics;

    /// <summary>The source that is being captured.</summary>
    public string Uri => _source.Uri;

    /// <summary>Starts capturing.</summary>
    /// <param name="source">Owned from here on.</param>
    /// <param name="options">Buffer and pace.</param>
    /// <exception cref="UserErrorException">An option is out of bounds, or libsoxr is missing.</exception>
    public static Capture Start(IAudioSource source, CaptureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        try
        {
            options.Validate();
            var capture = new Capture(source, options);
            capture._thread.Start();
            return capture;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits for audio or a gap and takes what there is. A gap that audio follows comes with that audio; while a device is away its gap comes
    /// alone, piece by piece. Allocates nothing in steady state.
    /// </summary>
    /// <param name="buffer">Room for at least one sample.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="UserErrorException">The source failed; everything captured before has been read.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public ValueTask<CaptureRead> ReadAsync(Memory<float> buffer, CancellationToken cancellation = default) => _queue.ReadAsync(buffer, cancellation);

    /// <summary>Stops capturing and closes the source. A reader gets the end of the stream.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _queue.Close();
        _pacer?.Stop();
        // The thread closes what it uses: a source that hangs in a system call must not take the caller with it.
        if (!_thread.Join(StopPatience)) _queue.End(null);
    }

    private void Run()
    {
        UserErrorException? failure = null;
        try
        {
            while (!_stopping && _pump.Step()) _pacer?.WaitUntil(TimeSpan.FromSeconds(SampleClock.ToSeconds(_pump.Position)));
        }
        catch (UserErrorException error)
        {
            failure = error;
        }
        catch (Exception error)
        {
            failure = new($"Capture from '{_source.Uri}' failed ({error.Message.TrimEnd('.')}).", error);
        }

        try
        {
            _source.Dispose();
        }
        finally
        {
            _pump.Dispose();
            _pacer?.Dispose();
            _queue.End(failure);
        }
    }
}
