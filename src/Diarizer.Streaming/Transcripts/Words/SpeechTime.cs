using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>When there is speech, of one speaker or of all: its amount up to any time, and when so much has been spoken.</summary>
internal sealed class SpeechTime
{
    private readonly List<double> _starts = [];
    private readonly List<double> _ends = [];

    // Speech before each region.
    private readonly List<double> _before = [];

    /// <param name="turns">In any order; where they overlap, speech counts once.</param>
    public SpeechTime(IEnumerable<SpeakerSegment> turns)
    {
        foreach (var turn in turns.OrderBy(t => t.Start))
        {
            if (_ends.Count > 0 && turn.Start <= _ends[^1])
            {
                _ends[^1] = Math.Max(_ends[^1], turn.End);
                continue;
            }

            _before.Add(_ends.Count == 0 ? 0 : _before[^1] + (_ends[^1] - _starts[^1]));
            _starts.Add(turn.Start);
            _ends.Add(turn.End);
        }
    }

    /// <summary>Seconds of speech before <paramref name="time"/>.</summary>
    public double Before(double time)
    {
        var region = Last(_starts, time);
        return region < 0 ? 0 : _before[region] + Math.Min(time, _ends[region]) - _starts[region];
    }

    /// <summary>Seconds of speech between two times.</summary>
    public double Between(double start, double end) => Before(end) - Before(start);

    /// <summary>Seconds from the nearest speech to the stretch between two times; 0 if there is speech in it, infinite if there is none at all.</summary>
    public double Distance(double start, double end)
    {
        var region = Last(_starts, end);
        var earlier = region < 0 ? double.PositiveInfinity : Math.Max(0, start - _ends[region]);
        return region + 1 < _starts.Count ? Math.Min(earlier, _starts[region + 1] - end) : earlier;
    }

    /// <summary>
    /// When <paramref name="speech"/> seconds have been spoken; there must be some. If a pause follows just then, that is before the pause or after it.
    /// </summary>
    public double At(double speech, bool afterPause)
    {
        // A microsecond keeps the rounding of sums from choosing the wrong side of a pause.
        var region = Math.Max(0, Last(_before, speech + (afterPause ? 1e-6 : -1e-6)));
        return Math.Clamp(_starts[region] + (speech - _before[region]), _starts[region], _ends[region]);
    }

    // The last value that is not above the given one, or -1.
    private static int Last(List<double> values, double value)
    {
        var found = values.BinarySearch(value);
        return found >= 0 ? found : ~found - 1;
    }
}
