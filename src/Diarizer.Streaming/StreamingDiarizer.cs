using Diarizer.Audio;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Voices;
using Diarizer.Streaming.Embeddings;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Input;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Speakers;
using Diarizer.Streaming.Turns;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming;

/// <summary>
/// Diarizes one stream. Pure and deterministic: the events depend on the samples and gaps written and on the embeddings provided, never
/// on how the input was cut, on time or on threads. Used by one thread at a time.
/// </summary>
/// <remarks>
/// The driver writes input and then calls <see cref="TryAdvance"/> until it returns false, answering each request by
/// <see cref="Provide"/>; requests of several streams may be batched. Events are collected by <see cref="Drain"/>.
/// </remarks>
public sealed class StreamingDiarizer
{
    private const int HistoryFrames = 2000;

    /// <summary>Variances within and between voices of embeddings of unit norm, where nothing better is known.</summary>
    private const double UsualWithin = 0.42, UsualBetween = 0.56;

    private readonly PendingInput _pending = new();
    private readonly FrameSource _source;
    private readonly FrameHistory _frames = new(HistoryFrames);
    private readonly SpeechGate _gate;
    private readonly WindowSchedule _windows;
    private readonly OnlineSpeakers _speakers;
    private readonly TurnTracker _turns;
    private readonly LocalListener? _listener;
    private readonly List<DiarizationEvent> _events = [];
    private readonly float[] _windowSamples;
    private readonly int _dimension;
    private readonly long _mergeGap;
    private readonly long _newTurnPause;
    private readonly long _bridgedGap;
    private Window? _awaited;
    private bool _frameOpen;
    private bool _completed;
    private Ending _ending;

    /// <summary>Makes a diarizer at sample 0 of a session.</summary>
    /// <param name="detector">Fresh voice activity detector of this stream; owned by the caller.</param>
    /// <param name="embeddingDimension">Length of the embeddings that <see cref="Provide"/> will get.</param>
    /// <param name="minimumWindowSamples">The shortest window that the embedder takes.</param>
    /// <param name="options">Thresholds; must be valid.</param>
    /// <param name="segmenter">Listens a second time, for corrections; null for corrections of labels alone. Owned by the caller.</param>
    /// <param name="space">Where corrections tell voices apart; null for one in which all directions are alike.</param>
    /// <param name="enrolled">Who may be recognised; nothing is told of those who are not heard.</param>
    /// <exception cref="ArgumentException">An option is out of bounds, or somebody enrolled has no fitting samples.</exception>
    public StreamingDiarizer(
        IVoiceActivityDetector detector, int embeddingDimension, int minimumWindowSamples, PipelineOptions options, ISpeakerSegmenter? segmenter = null, VoiceSpace? space = null,
        IReadOnlyList<EnrolledVoice>? enrolled = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(embeddingDimension, 1);
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(" ", faults), nameof(options));

        _dimension = embeddingDimension;
        _gate = new SpeechGate(options.VoiceActivity);
        _windows = new WindowSchedule(options.Windows, _frames, minimumWindowSamples);
        _speakers = new OnlineSpeakers(options.Speakers, options.Recognition, embeddingDimension, enrolled);
        _windowSamples = new float[_windows.MaximumSamples];
        // A window ends at a frame that is known LatencySamples late, or up to a pause before it.
        var reach = SampleClock.FromSeconds(options.Windows.MaximumPause + options.Turns.MergeGap + options.VoiceActivity.MinimumSilence + 1);
        var longest = Math.Max(_windows.MaximumSamples, segmenter is null ? 0 : SampleClock.FromSeconds(options.Segmentation.Window));
        _source = new FrameSource(detector, _pending, checked((int)(longest + detector.LatencySamples + reach)));
        if (segmenter is not null)
            _listener = new LocalListener(options.Segmentation, segmenter, _frames, _source.Recent, 2 * options.Corrections.WindowsAtEnd);
        _turns = new TurnTracker(options, embeddingDimension, _speakers, _frames, new TurnLog(_events), space ?? VoiceSpace.Round(embeddingDimension, UsualWithin, UsualBetween), _listener?.History);
        _mergeGap = SampleClock.FromSeconds(options.Turns.MergeGap);
        _newTurnPause = SampleClock.FromSeconds(options.Turns.NewTurnPause);
        _bridgedGap = SampleClock.FromSeconds(options.Turns.MaximumBridgedGap);
        Restart(0);
    }

    private enum Ending
    {
        None,

        /// <summary>The last frames before a gap or the end are being worked off.</summary>
        LastFrames,

        /// <summary>Speech was closed and the last window issued.</summary>
        LastWindow,
    }

    /// <summary>Samples taken in by the algorithm so far, gaps included: the session's clock.</summary>
    public long Position => _source.Position;

    /// <summary>True once <see cref="Complete"/> was called and everything was processed.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The named speakers who were heard, by id.</summary>
    public IReadOnlyList<SpeakerSummary> Speakers => _speakers.Summaries();

    /// <summary>Says who is who, between two writes.</summary>
    public SpeakerEditor Editor => new(_speakers, _turns, Position);

    /// <summary>Appends audio. It is kept until <see cref="TryAdvance"/> has taken it in, so advance after each write.</summary>
    /// <param name="samples">16 kHz mono in [-1, 1]; any number.</param>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        ThrowIfCompleted();
        _pending.Write(samples);
    }

    /// <summary>Says that audio was lost here: the clock advances by exactly <paramref name="samples"/>.</summary>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The gap has no length.</exception>
    public void WriteGap(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ThrowIfCompleted();
        _pending.WriteGap(samples);
    }

    /// <summary>Says that no more input comes: <see cref="TryAdvance"/> then processes the rest and ends open turns.</summary>
    public void Complete() => _completed = true;

    /// <summary>Processes what was written.</summary>
    /// <param name="request">The window to embed, when true is returned.</param>
    /// <returns>True when an embedding is needed before it can go on; false when the input is used up.</returns>
    /// <exception cref="InvalidOperationException">The last request was not answered.</exception>
    public bool TryAdvance(out EmbeddingRequest request)
    {
        if (_awaited is not null)
            throw new InvalidOperationException("The last embedding request was not answered.");
        while (!IsFinished)
        {
            if (_windows.TryTake(out var window))
            {
                request = Request(window);
                return true;
            }

            if (_frameOpen)
                EndFrame();
            else if (_source.TryTakeFrame(out var frame))
                BeginFrame(frame);
            else if (!TakeInput())
                break;
        }

        request = default;
        return false;
    }

    /// <summary>Answers the last request.</summary>
    /// <param name="embedding">Unit-norm embedding of the requested window.</param>
    /// <exception cref="InvalidOperationException">Nothing was requested.</exception>
    /// <exception cref="ArgumentException">The length is not the one given at construction.</exception>
    public void Provide(ReadOnlySpan<float> embedding)
    {
        if (_awaited is not { } window)
            throw new InvalidOperationException("No embedding was requested.");
        if (embedding.Length != _dimension)
            throw new ArgumentException($"The embedding has {embedding.Length} values, not {_dimension}.", nameof(embedding));
        _awaited = null;
        if (_turns.IsOpen)
            _turns.Observe(Position, new Observation(window, embedding.ToArray()));
    }

    /// <summary>Moves the events since the last call to the end of <paramref name="events"/>.</summary>
    public void Drain(List<DiarizationEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.AddRange(_events);
        _events.Clear();
    }

    /// <summary>Starts a new session at sample 0: forgets input, turns, speakers and undrained events.</summary>
    public void Reset()
    {
        _pending.Clear();
        _events.Clear();
        _speakers.Clear();
        _turns.Clear();
        _awaited = null;
        _frameOpen = _completed = IsFinished = false;
        _ending = Ending.None;
        Restart(0);
    }

    private void Restart(long position)
    {
        _source.Restart(position);
        _frames.Restart(position);
        _gate.Restart(position);
        _listener?.Restart(position);
        _windows.Restart();
    }

    private EmbeddingRequest Request(Window window)
    {
        var samples = _windowSamples.AsMemory(0, (int)(window.End - window.Start));
        _source.Recent.CopyTo(window.Start, samples.Span);
        _awaited = window;
        return new EmbeddingRequest(window.Start, window.End, samples) { Speech = window.Speech, Probability = window.Probability };
    }

    private void BeginFrame(SpeechFrame frame)
    {
        _frameOpen = true;
        _frames.Append(frame);
        var change = _gate.Push(frame);
        if (change == GateChange.Opened)
        {
            _frames.MarkSpeech(_gate.FirstFrame, frame.End);
            _events.Add(new SpeechStarted(Position, _gate.Start));
            if (!_turns.IsOpen)
                _turns.Open(Position, _gate.Start);
            else if (_gate.Start - _gate.PreviousEnd < _newTurnPause)
                _turns.AddSpeech(_frames.SpeechIn(_gate.Start, frame.End).Samples);
            else
                _turns.Resume(Position, _gate.PreviousEnd, _gate.Start);
        }
        else if (_gate.FrameIsSpeech)
        {
            _frames.MarkSpeech(frame.Start, frame.End);
            _turns.AddSpeech(SpeechFrame.Length);
        }
        else if (change == GateChange.Closed)
        {
            _events.Add(new SpeechEnded(Position, _gate.Start, _gate.End));
        }

        _windows.Push(frame.End, _gate.FrameIsSpeech, change == GateChange.Opened ? _gate.Start : null);
    }

    private void EndFrame()
    {
        if (_turns.IsOpen && !_gate.IsOpen && _frames.End - _gate.End >= _mergeGap && !_windows.Flush())
            _turns.End(Position, _gate.End, TurnEndReason.Silence);
        _listener?.ListenWhenDue();
        _turns.CorrectWhenDue(Position);
        _frameOpen = _windows.IsDue;
    }

    private bool TakeInput()
    {
        if (_ending != Ending.None)
        {
            AdvanceEnding();
            return true;
        }

        if (_source.TryStep())
            return true;
        if (_pending.GapFollows)
        {
            var length = _pending.NextGap;
            if (length > _bridgedGap)
            {
                BeginEnding();
            }
            else
            {
                _events.Add(new AudioGap(_source.InputPosition, _source.InputPosition, length));
                _pending.TakeGap();
                _source.FillWithSilence(length);
            }

            return true;
        }

        if (!_completed)
            return false;
        BeginEnding();
        return true;
    }

    private void BeginEnding()
    {
        _source.FinishRun();
        _ending = Ending.LastFrames;
    }

    private void AdvanceEnding()
    {
        if (_ending == Ending.LastFrames)
        {
            if (_gate.CloseNow())
                _events.Add(new SpeechEnded(Position, _gate.Start, _gate.End));
            _windows.Flush();
            _listener?.Finish();
            _ending = Ending.LastWindow;
            return;
        }

        _ending = Ending.None;
        var gap = _pending.GapFollows;
        if (_turns.IsOpen)
            _turns.End(Position, _gate.End, gap ? TurnEndReason.Gap : TurnEndReason.SessionEnd);
        if (!gap)
        {
            _turns.CorrectAtEnd(Position);
            IsFinished = true;
            return;
        }

        var length = _pending.TakeGap();
        _events.Add(new AudioGap(Position, Position, length));
        Restart(Position + length);
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
            throw new InvalidOperationException("The stream was completed; reset it to start another session.");
    }
}
