using System.Globalization;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Enrolment;

/// <summary>What somebody is enrolled with.</summary>
/// <param name="Samples">The voice.</param>
/// <param name="Speech">Seconds of speech that it rests on.</param>
public sealed record VoiceMaterial(IReadOnlyList<VoiceSample> Samples, double Speech)
{
    /// <summary>Puts recordings together.</summary>
    /// <param name="recordings">What each is called in messages, and what it holds.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="mainVoice">Leave a second voice out, instead of refusing a recording that has one.</param>
    /// <exception cref="UserErrorException">There is too little speech, or there are several voices.</exception>
    public static VoiceMaterial Of(IReadOnlyList<(string Name, EnrolmentRecording Recording)> recordings, EnrolmentOptions options, bool mainVoice = false)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(options);
        var used = recordings.Select(r => (r.Name, Recording: OneVoice(r.Name, r.Recording, options, mainVoice))).Where(r => r.Recording.Windows.Count > 0).ToList();
        var speech = used.Sum(r => r.Recording.Speech);
        if (speech < options.MinimumSpeech)
        {
            throw new UserErrorException(Text(
                $"There are {Math.Floor(10 * speech) / 10:0.0} s of clean speech; {options.MinimumSpeech:0.#} s are needed: add about {Math.Ceiling(options.MinimumSpeech - speech):0} s more of the same person, in sentences and without long pauses."));
        }

        for (var i = 1; i < used.Count; i++)
        {
            if (used[i].Recording.ScoreAgainst(used[0].Recording) < options.OtherVoiceScore)
                throw new UserErrorException($"{used[i].Name} seems to be of somebody else than {used[0].Name}; leave it out, or enrol with one of them.");
        }

        return new VoiceMaterial(
            Bounded([.. used.SelectMany((r, i) => r.Recording.Windows.Select(w => new VoiceSample(w.Embedding, w.Quality, i)))], options.MaximumSamples), speech);
    }

    /// <summary>The best samples, of all recordings alike.</summary>
    public static IReadOnlyList<VoiceSample> Bounded(IReadOnlyList<VoiceSample> samples, int most)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return [.. samples.GroupBy(s => s.Recording)
            .SelectMany(g => g.OrderByDescending(s => s.Quality).Select((sample, rank) => (sample, rank)))
            .OrderBy(s => s.rank)
            .Take(most)
            .Select(s => s.sample)
            .OrderBy(s => s.Recording)];
    }

    private static EnrolmentRecording OneVoice(string name, EnrolmentRecording recording, EnrolmentOptions options, bool mainVoice)
    {
        var second = recording.FindSecondVoice(options);
        if (second.Count == 0)
            return recording;
        if (mainVoice)
            return recording.Without(second);
        var times = string.Join(", ", EnrolmentRecording.Times(second).Take(5).Select(Words));
        throw new UserErrorException($"{name} seems to hold a second voice ({times}); cut it out, or have only the voice used that speaks most (main voice).");
    }

    private static string Words(Interval time) => Text($"{(int)time.Start / 60}:{time.Start % 60:00.0} to {(int)time.End / 60}:{time.End % 60:00.0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
