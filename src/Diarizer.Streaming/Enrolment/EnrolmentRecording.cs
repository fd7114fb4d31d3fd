using Diarizer.Audio;
using Diarizer.Streaming.Clustering;
using Diarizer.Streaming.Recognition;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Enrolment;

/// <summary>What one recording says about a voice: the windows that the core would remember in a session, and whether they are of one voice.</summary>
public sealed class EnrolmentRecording
{
    private readonly SpeakerOptions _speakers;

    private EnrolmentRecording(SpeakerOptions speakers, IReadOnlyList<EnrolmentWindow> windows, double speech) => (_speakers, Windows, Speech) = (speakers, windows, speech);

    /// <summary>Windows with enough speech, each at least half new, in order of time.</summary>
    public IReadOnlyList<EnrolmentWindow> Windows { get; }

    /// <summary>Seconds of clean speech that they cover.</summary>
    public double Speech { get; }

    /// <summary>Chooses among the windows of a recording.</summary>
    /// <param name="windows">All that were embedded, in order of time.</param>
    /// <param name="speakers">Thresholds of the core.</param>
    public static EnrolmentRecording Of(IReadOnlyList<EnrolmentWindow> windows, SpeakerOptions speakers)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(speakers);
        var minimum = SampleClock.FromSeconds(speakers.MinimumExemplarSpeech);
        List<EnrolmentWindow> chosen = [];
        long until = 0, speech = 0;
        foreach (var window in windows)
        {
            var fresh = window.End - Math.Max(window.Start, until);
            if (window.Speech < minimum || fresh < (window.End - window.Start) / 2)
                continue;
            chosen.Add(window);
            speech += Math.Min(window.Speech, fresh);
            until = window.End;
        }

        return new EnrolmentRecording(speakers, chosen, SampleClock.ToSeconds(speech));
    }

    /// <summary>The same without some windows.</summary>
    public EnrolmentRecording Without(IReadOnlyCollection<EnrolmentWindow> others) => Of([.. Windows.Except(others)], _speakers);

    /// <summary>The voice that is heard less, if there seem to be two.</summary>
    /// <param name="options">Bounds.</param>
    /// <returns>Its windows; empty when all is of one voice, as far as can be told.</returns>
    public IReadOnlyList<EnrolmentWindow> FindSecondVoice(EnrolmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Windows.Count < 4)
            return [];
        var clusters = AgglomerativeClustering.Cluster(DistanceMatrix.Cosine(Windows.SelectMany(w => w.Embedding).ToArray(), Windows[0].Embedding.Length), Linkage.Average).CutInto(2);
        var parts = Windows.Zip(clusters).GroupBy(p => p.Second, p => p.First).Select(g => g.ToList()).OrderBy(SecondsOf).ToList();
        return SecondsOf(parts[0]) >= options.SecondVoice && Score(parts[1], parts[0]) < options.OneVoiceScore ? parts[0] : [];
    }

    /// <summary>Cosine with another recording of, supposedly, the same voice, over whatever channel; from -1 to 1. Both need a window.</summary>
    public double ScoreAgainst(EnrolmentRecording other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var voice = new KnownVoice(new EnrolledVoice(-1, [.. other.Windows.Select(w => new VoiceSample(w.Embedding, w.Quality))]));
        return voice.Score(ModelOf(Windows).Mean);
    }

    /// <summary>Where some windows lie, in seconds; those that touch are one.</summary>
    public static IReadOnlyList<Interval> Times(IEnumerable<EnrolmentWindow> windows)
    {
        List<Interval> times = [];
        foreach (var window in windows.OrderBy(w => w.Start))
        {
            var (start, end) = (SampleClock.ToSeconds(window.Start), SampleClock.ToSeconds(window.End));
            if (times.Count > 0 && start <= times[^1].End + 0.25)
                times[^1] = new Interval(times[^1].Start, end);
            else
                times.Add(new Interval(start, end));
        }

        return times;
    }

    private static double SecondsOf(List<EnrolmentWindow> windows) => windows.Sum(w => w.Quality);

    // One channel, two parts.
    private double Score(List<EnrolmentWindow> first, List<EnrolmentWindow> second)
    {
        SpeakerModel a = ModelOf(first), b = ModelOf(second);
        var centre = new SessionCentre(_speakers, first[0].Embedding.Length);
        centre.Update([a]);
        return centre.Score(a, b.Mean, b.Seconds);
    }

    private SpeakerModel ModelOf(IReadOnlyList<EnrolmentWindow> windows)
    {
        var model = new SpeakerModel(_speakers with { MaximumExemplars = Math.Max(1, windows.Count) }, windows[0].Embedding.Length);
        foreach (var window in windows)
            model.Add(new Exemplar(window.Embedding, window.Quality));
        return model;
    }
}
