using System.Globalization;
using System.Text;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>The stretches of a lane that are drawn in one colour.</summary>
/// <param name="Style">Name of the class in the style sheet.</param>
internal sealed record LanePart(string Style)
{
    private readonly List<Interval> _intervals = [];

    /// <summary>Adds what comes next; stretches that touch become one.</summary>
    public void Add(Interval interval)
    {
        if (_intervals.Count > 0 && interval.Start <= _intervals[^1].End)
            _intervals[^1] = new Interval(_intervals[^1].Start, Math.Max(_intervals[^1].End, interval.End));
        else
            _intervals.Add(interval);
    }

    /// <summary>Whether it has anything to show within a window.</summary>
    public bool IsSeenIn(Interval window) => _intervals.Exists(i => i.Start < window.End && i.End > window.Start);

    /// <summary>An SVG path of rectangles, in seconds from the window's start.</summary>
    /// <param name="window">What is drawn.</param>
    /// <param name="top">Upper edge.</param>
    /// <param name="height">Height.</param>
    /// <param name="resolution">Seconds between stretches that are drawn as one.</param>
    public string ToPath(Interval window, double top, double height, double resolution)
    {
        var path = new StringBuilder();
        double start = double.NaN, end = double.NaN;
        foreach (var interval in _intervals.Where(i => i.Start < window.End && i.End > window.Start))
        {
            double from = Math.Max(interval.Start, window.Start) - window.Start, to = Math.Min(interval.End, window.End) - window.Start;
            if (from - end <= resolution)
            {
                end = Math.Max(end, to);
                continue;
            }

            Append();
            (start, end) = (from, to);
        }

        Append();
        return path.ToString();

        void Append()
        {
            if (!double.IsNaN(start))
                path.Append(CultureInfo.InvariantCulture, $"M{start:0.###} {top:0.#}h{end - start:0.###}v{height:0.#}H{start:0.###}z");
        }
    }
}
