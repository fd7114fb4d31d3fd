using Diarizer.Networks.Inference;

namespace Diarizer.Service.Tuning;

/// <summary>
/// The voice activity of one recording. The first pass runs the network and notes what came when; later passes play that back, whatever the thresholds. A recording
/// with gaps is not noted, since thresholds decide how a gap is bridged.
/// </summary>
internal sealed class CachedVoiceActivity(IVoiceActivityModel model) : IVoiceActivityModel
{
    private volatile IReadOnlyList<Step>? _tape;

    /// <inheritdoc/>
    public IVoiceActivityDetector CreateDetector() => _tape is { } tape ? new Player(tape, model.CreateDetector()) : new Recorder(this, model.CreateDetector());

    /// <summary>Nothing: the network belongs to somebody else.</summary>
    public void Dispose()
    {
    }

    // Samples pushed, -1 for the end; and the frames that came of it.
    private sealed record Step(int Samples, float[] Frames);

    private sealed class Recorder(CachedVoiceActivity owner, IVoiceActivityDetector detector) : IVoiceActivityDetector
    {
        private readonly List<Step> _steps = [];
        private bool _isWhole = true;

        public int LatencySamples => detector.LatencySamples;

        public void Push(ReadOnlySpan<float> samples, List<float> probabilities)
        {
            var before = probabilities.Count;
            detector.Push(samples, probabilities);
            _steps.Add(new Step(samples.Length, [.. probabilities.Skip(before)]));
        }

        public void Finish(List<float> probabilities)
        {
            var before = probabilities.Count;
            detector.Finish(probabilities);
            _steps.Add(new Step(-1, [.. probabilities.Skip(before)]));
            if (_isWhole)
                owner._tape = _steps;
        }

        public void Reset()
        {
            // A reset in the middle belongs to a gap; the tape would not say where it was.
            _isWhole &= _steps.Count == 0;
            detector.Reset();
        }

        public void Dispose() => detector.Dispose();
    }

    private sealed class Player(IReadOnlyList<Step> tape, IVoiceActivityDetector detector) : IVoiceActivityDetector
    {
        private int _next;

        public int LatencySamples => detector.LatencySamples;

        public void Push(ReadOnlySpan<float> samples, List<float> probabilities) => Play(samples.Length, probabilities);

        public void Finish(List<float> probabilities) => Play(-1, probabilities);

        public void Reset()
        {
            if (_next > 0)
                throw new InvalidOperationException("A recording that was heard without a gap has one now.");
        }

        public void Dispose() => detector.Dispose();

        private void Play(int samples, List<float> probabilities)
        {
            var step = tape[_next++];
            if (step.Samples != samples)
                throw new InvalidOperationException($"{samples} samples were pushed where {step.Samples} were at first.");
            probabilities.AddRange(step.Frames);
        }
    }
}
