using Diarizer.Audio;
using Diarizer.Service.Output;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>Draws lanes over a time axis: names in HTML at the left, shapes in an SVG that stretches with its box, so that zooming is only a matter of its width.</summary>
internal static class TimelineChart
{
    /// <summary>Stretches of one colour that are nearer to each other than this part of the window are drawn as one: 0.14 s in eight hours.</summary>
    public const double FinestPart = 1.0 / 200_000;

    /// <summary>Longest window, in seconds, in which an error is drawn at least a pixel wide; the script knows it, too.</summary>
    private const double LongestFine = 900;

    private const double Row = 14;
    private const double GroupGap = 6;
    private const int MostTicks = 10;

    // Parts of the window: what a tick's label needs at the end, and two numbers side by side.
    private const double LastTick = 0.05;
    private const double MarkWidth = 0.02;

    private static readonly double[] TickSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

    /// <summary>Draws a chart.</summary>
    /// <param name="html">Where it goes.</param>
    /// <param name="lanes">All lanes.</param>
    /// <param name="window">What is shown.</param>
    /// <param name="label">What a screen reader says of it.</param>
    /// <param name="marks">Numbered moments.</param>
    /// <param name="zooms">Whether the script may zoom it.</param>
    public static void Draw(HtmlBuilder html, IReadOnlyList<Lane> lanes, Interval window, string label, IReadOnlyList<Interval> marks, bool zooms)
    {
        var rows = Place(lanes);
        var height = rows.Count == 0 ? Row : rows[^1].Top + Row;
        html.Add($"""<div class="chart{(zooms ? " zooms" : "")}{(window.Length <= LongestFine ? " fine" : "")}" data-from="{window.Start:0.###}" data-seconds="{window.Length:0.###}">""");
        html.Add($"""<div class="names" style="height:{height:0}px" aria-hidden="true">""");
        foreach (var (lane, top) in rows)
            html.Add($"""<span class="{Style(lane.Role)}" style="top:{top:0}px" title="{Title(lane)}">{lane.Name}{(lane.Remark.Length > 0 ? $" ({lane.Remark})" : "")}</span>""");
        html.Add($"""</div><div class="scroll" tabindex="{(zooms ? 0 : -1)}"><div class="canvas"><div class="axis" aria-hidden="true">""");
        AddTicks(html, window);
        AddMarks(html, window, zooms ? marks : []);
        html.Add($"""</div><svg role="img" aria-label="{label}" viewBox="0 0 {window.Length:0.###} {height:0}" preserveAspectRatio="none" style="height:{height:0}px">""");
        foreach (var mark in marks)
            html.Add($"""<path class="mark" d="M{mark.Start - window.Start:0.###} 0h{mark.Length:0.###}v{height:0}H{mark.Start - window.Start:0.###}z"/>""");
        foreach (var (lane, top) in rows)
        {
            html.Add($"""<g class="{Style(lane.Role)}" data-name="{lane.Name}">""");
            foreach (var part in lane.Parts.Where(p => p.IsSeenIn(window)))
                html.Add($"""<path class="{part.Style}" d="{part.ToPath(window, top + 1, Row - 2, window.Length * FinestPart)}"/>""");
            html.Add($"</g>");
        }

        html.Add($"</svg></div></div></div>");
    }

    private static List<(Lane Lane, double Top)> Place(IReadOnlyList<Lane> lanes)
    {
        var rows = new List<(Lane, double)>();
        var top = 0.0;
        LaneRole? last = null;
        foreach (var lane in lanes)
        {
            // A reference speaker begins a group, and so do those who are nobody and the errors.
            if (last is not null && (lane.Role == LaneRole.Reference || (lane.Role == LaneRole.Errors && last != LaneRole.Errors) || lane.Remark.Length > 0))
                top += GroupGap;
            rows.Add((lane, top));
            top += Row;
            last = lane.Role;
        }

        return rows;
    }

    private static void AddTicks(HtmlBuilder html, Interval window)
    {
        var step = TickSteps.FirstOrDefault(s => window.Length / s <= MostTicks, Math.Ceiling(window.Length / MostTicks / 3600) * 3600);
        for (var i = Math.Ceiling(window.Start / step); i * step <= window.End - (LastTick * window.Length); i++)
            html.Add($"""<i style="left:{100 * (i * step - window.Start) / window.Length:0.###}%">{Clock.Format(SampleClock.FromSeconds(i * step)).Replace(".00", "", StringComparison.Ordinal)}</i>""");
    }

    // Numbers that would lie on each other share a place.
    private static void AddMarks(HtmlBuilder html, Interval window, IReadOnlyList<Interval> marks)
    {
        var places = new List<(double Place, string Text)>();
        foreach (var (place, number) in marks.Select((m, i) => ((((m.Start + m.End) / 2) - window.Start) / window.Length, i + 1)).Order())
        {
            if (places.Count > 0 && place - places[^1].Place < MarkWidth)
                places[^1] = (places[^1].Place, $"{places[^1].Text},{number}");
            else
                places.Add((place, $"{number}"));
        }

        foreach (var (place, text) in places)
            html.Add($"""<b style="left:{100 * place:0.###}%">{text}</b>""");
    }

    private static string Title(Lane lane) => lane.Role switch
    {
        LaneRole.Reference => $"{lane.Name}: who speaks in truth",
        LaneRole.Hypothesis => lane.Remark.Length > 0 ? $"{lane.Name}: taken for nobody of the reference" : $"{lane.Name}: taken for the speaker above",
        _ => lane.Name,
    };

    private static string Style(LaneRole role) => role switch
    {
        LaneRole.Reference => "ref",
        LaneRole.Hypothesis => "hyp",
        _ => "err",
    };
}
