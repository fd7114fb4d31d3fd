using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>Decides who says each word.</summary>
/// <remarks>
/// A word belongs to whoever speaks longest while it is said; if several do equally long, to the one who said the word before. A word outside every turn
/// belongs to the nearest turn within <see cref="LabelOptions.NearestTurn"/>, else to nobody.
/// </remarks>
internal sealed class WordSpeakers(TurnIndex turns, LabelOptions options)
{
    // Sums of times in seconds are exact to less than this.
    private const double Tolerance = 1e-6;

    // A word without length is looked up like one of a millisecond.
    private const double ShortestWord = 0.001;

    private int? _previous;

    /// <summary>The speaker of the word that follows the last one asked for.</summary>
    public SpokenWord Next(Interval word)
    {
        var end = Math.Max(word.End, word.Start + ShortestWord);
        var (speaker, seconds) = Best(s => s.Between(word.Start, end));
        if (seconds <= Tolerance)
        {
            (speaker, var distance) = Best(s => -s.Distance(word.Start, end));
            if (-distance > options.NearestTurn)
                speaker = null;
            seconds = speaker is null ? word.Length : 0;
        }

        _previous = speaker;
        var name = speaker is { } index ? turns.Names[index] : TurnTimeline.UnknownSpeaker;
        return new SpokenWord(word, name == TurnTimeline.UnknownSpeaker ? null : name, seconds);
    }

    private (int? Speaker, double Score) Best(Func<SpeechTime, double> score)
    {
        int? best = null;
        var highest = double.NegativeInfinity;
        for (var speaker = 0; speaker < turns.Speakers.Count; speaker++)
        {
            var own = score(turns.Speakers[speaker]);
            if (own > highest + Tolerance || (own >= highest - Tolerance && speaker == _previous))
                (best, highest) = (speaker, own);
        }

        return (best, highest);
    }
}

/// <summary>A word, when it is said, and by whom.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="Speaker">Null for nobody.</param>
/// <param name="Evidence">Seconds of the word during which that speaker's turns say so; for nobody, the length of the word.</param>
internal readonly record struct SpokenWord(Interval Time, string? Speaker, double Evidence);
