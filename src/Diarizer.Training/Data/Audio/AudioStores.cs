using System.Diagnostics;
using Diarizer.Audio;

namespace Diarizer.Training.Data.Audio;

/// <summary>Chooses how the audio of utterances is reached.</summary>
internal static class AudioStores
{
    private const int ProblemsShown = 5, SecondsBetweenLines = 5;

    /// <summary>Decodes the files of a small set into the cache; of a larger one only looks whether they are there.</summary>
    /// <param name="decodeFirstHours">Hours of utterances up to which a set is small.</param>
    /// <param name="say">Gets lines for the user, from any thread.</param>
    /// <exception cref="UserErrorException">The cache cannot be written.</exception>
    public static IAudioStore Open(IReadOnlyList<Utterance> utterances, double decodeFirstHours, PcmCache cache, Action<string> say, CancellationToken cancellation)
    {
        double hours = SampleClock.ToSeconds(utterances.Sum(u => (long)u.Length)) / 3600;
        if (hours <= decodeFirstHours)
            return new CachedAudio(Decode([.. utterances.Select(u => u.FullPath).Distinct()], cache, say, cancellation));
        say(FormattableString.Invariant($"{hours:0} h of audio are decoded as they are needed, being more than data.decodeFirstHours ({decodeFirstHours})"));
        return new StreamedAudio(utterances.Select(u => u.FullPath), say);
    }

    private static IReadOnlyDictionary<string, PcmFile> Decode(IReadOnlyList<string> files, PcmCache cache, Action<string> say, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        double said = 0;
        int problems = 0;
        return cache.Build(files, (done, of, problem) =>
        {
            if (problem is not null && problems++ < ProblemsShown)
                say(problem);
            double seconds = clock.Elapsed.TotalSeconds;
            if (seconds - said < SecondsBetweenLines)
                return;
            said = seconds;
            var left = TimeSpan.FromSeconds(seconds / done * (of - done));
            say($"decoding audio, once: {done} of {of} files, about {(int)left.TotalHours}:{left:mm\\:ss} left");
        }, cancellation);
    }
}
