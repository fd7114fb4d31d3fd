using Diarizer.Audio;
using Diarizer.Audio.Files;

namespace Diarizer.Training.Data.Audio;

/// <summary>
/// Audio that is decoded where and when it is read, a crop at a time: for sets that are too large to be decoded beforehand. Samples are those that the cache
/// would give, of files at 16 kHz bit by bit. What cannot be read is silence, so that one damaged file among a million does not end a run; it is told.
/// </summary>
internal sealed class StreamedAudio : IAudioStore
{
    private const int ProblemsShown = 5;

    /// <summary>Samples that a file may lack at its end before it is told: lengths are rounded.</summary>
    private const int Tolerance = SampleClock.Rate / 20;

    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly Action<string> _say;
    private int _problems;

    /// <summary>Looks which of the files are there; none is opened.</summary>
    /// <param name="files">The files, as often as they come up.</param>
    /// <param name="say">Gets lines for the user, from any thread.</param>
    public StreamedAudio(IEnumerable<string> files, Action<string> say)
    {
        _say = say;
        foreach (string file in files.Distinct())
        {
            if (!File.Exists(file) && _missing.Add(file) && _missing.Count <= ProblemsShown)
                say($"The audio file {file} does not exist; check the manifest and the data folder.");
        }
    }

    public long? Available(string file) => _missing.Contains(file) ? null : long.MaxValue;

    public void Read(string file, long start, Span<float> samples)
    {
        samples.Clear();
        long first = Math.Max(start, 0);
        var inside = samples[(int)Math.Min(first - start, samples.Length)..];
        if (inside.IsEmpty)
            return;
        try
        {
            int got = AudioExcerpt.Read(file, first, inside);
            if (got < inside.Length - Tolerance)
                Tell($"{file} ends at {SampleClock.ToSeconds(first + got):0.00} s, before what is to be read of it");
        }
        catch (UserErrorException error)
        {
            inside.Clear();
            Tell(error.Message);
        }
        foreach (ref float x in inside)
            x = Math.Clamp(MathF.Round(x * 32768f), short.MinValue, short.MaxValue) * (1f / 32768f);
    }

    private void Tell(string problem)
    {
        int count = Interlocked.Increment(ref _problems);
        if (count <= ProblemsShown)
            _say($"silence is read instead: {problem}");
        if (count == ProblemsShown)
            _say("further files that cannot be read are not told");
    }
}
