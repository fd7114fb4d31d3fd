using Diarizer.Audio;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Training.Augmentation;

namespace Diarizer.Training.VoiceActivity;

/// <summary>
/// Which 10 ms frames of a clean utterance are speech, by energy: above a threshold between the utterance's loud frames (95th percentile) and its
/// quiet ones (5th). Short gaps are filled, shorter clicks dropped.
/// </summary>
/// <param name="filledPause">Seconds of the longest gap that is filled.</param>
internal sealed class SpeechFrames(double filledPause)
{
    private const double BelowLoud = 35, LeastBelowLoud = 15, AboveQuiet = 6, AbsoluteFloor = -70;
    private const int Margin = 120, ShortestRun = 5;
    private readonly int _longestGap = (int)Math.Round(filledPause * 100);
    private double[] _decibels = [], _sorted = [];

    /// <summary>Marks frames.</summary>
    /// <param name="samples">A clean utterance at 16 kHz.</param>
    /// <param name="speech">Gets samples / 160 marks, rounded up.</param>
    public void Mark(ReadOnlySpan<float> samples, Span<bool> speech)
    {
        int frames = speech.Length;
        if (_decibels.Length < frames)
            (_decibels, _sorted) = (new double[frames], new double[frames]);
        for (int i = 0; i < frames; i++)
        {
            int from = Math.Max(0, i * SampleClock.Hop - Margin), to = Math.Min(samples.Length, (i + 1) * SampleClock.Hop + Margin);
            _decibels[i] = 10 * Math.Log10(Level.Power(samples[from..to]) + 1e-12);
        }
        double threshold = Threshold(_decibels.AsSpan(0, frames));
        for (int i = 0; i < frames; i++)
            speech[i] = Mean(i, frames) > threshold;
        Runs.Smooth(speech, _longestGap, ShortestRun);
    }

    private double Threshold(ReadOnlySpan<double> decibels)
    {
        var sorted = _sorted.AsSpan(0, decibels.Length);
        decibels.CopyTo(sorted);
        sorted.Sort();
        double loud = sorted[(int)((sorted.Length - 1) * 0.95)], quiet = sorted[(int)((sorted.Length - 1) * 0.05)];
        return Math.Max(AbsoluteFloor, Math.Clamp(quiet + AboveQuiet, loud - BelowLoud, loud - LeastBelowLoud));
    }

    private double Mean(int i, int frames)
    {
        double sum = 0;
        int from = Math.Max(0, i - 1), to = Math.Min(frames - 1, i + 1);
        for (int k = from; k <= to; k++)
            sum += _decibels[k];
        return sum / (to - from + 1);
    }
}
