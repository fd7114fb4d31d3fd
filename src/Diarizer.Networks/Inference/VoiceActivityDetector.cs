using System.Runtime.InteropServices;
using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Networks.VoiceActivity;

namespace Diarizer.Networks.Inference;

/// <summary>Samples to speech probabilities for one stream. Managed memory only: nothing is allocated per frame, nothing needs freeing.</summary>
internal sealed class VoiceActivityDetector : IVoiceActivityDetector
{
    private static readonly float[] Silence = new float[SampleClock.Hop];

    private readonly LogMelStream _logMel;
    private readonly VadSession _session;
    private readonly int _bins;
    private readonly List<float> _frames = [];
    private long _samples;
    private long _known;
    private bool _finished;

    public VoiceActivityDetector(LogMel logMel, VadWeights weights)
    {
        _logMel = new LogMelStream(logMel);
        _session = new VadSession(weights);
        _bins = logMel.Bins;
        LatencySamples = 2 * weights.Options.Reach * logMel.Hop + logMel.WindowLength - logMel.Hop;
    }

    public int LatencySamples { get; }

    public void Push(ReadOnlySpan<float> samples, List<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (_finished)
            throw new InvalidOperationException("The stream was finished; reset the detector first.");
        _samples += samples.Length;
        Take(samples, probabilities, long.MaxValue);
    }

    public void Finish(List<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        _finished = true;
        long frames = _samples / SampleClock.Hop;
        while (_known < frames)
            Take(Silence, probabilities, frames);
    }

    public void Reset()
    {
        _logMel.Reset();
        _session.Reset();
        _samples = 0;
        _known = 0;
        _finished = false;
    }

    public void Dispose()
    {
    }

    private void Take(ReadOnlySpan<float> samples, List<float> probabilities, long frameLimit)
    {
        _frames.Clear();
        int appended = _logMel.Push(samples, _frames);
        var values = CollectionsMarshal.AsSpan(_frames);
        for (int i = 0; i < appended; i++)
        {
            if (!_session.TryStep(values.Slice(i * _bins, _bins), out float logit) || _known >= frameLimit)
                continue;
            probabilities.Add(1 / (1 + MathF.Exp(-logit)));
            _known++;
        }
    }
}
