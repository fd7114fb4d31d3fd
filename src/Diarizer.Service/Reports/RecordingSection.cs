using Diarizer.Audio;
using Diarizer.Service.Output;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>The part of a report that is about one recording.</summary>
internal static class RecordingSection
{
    /// <summary>Moments that are drawn large.</summary>
    private const int CloseUps = 8;

    /// <summary>Moments that are listed.</summary>
    private const int Listed = 200;

    private const double ShortestCloseUp = 10;
    private const double Margin = 2;

    /// <param name="html">Where it goes.</param>
    /// <param name="recording">What it tells of.</param>
    /// <param name="draws">False to leave out the drawings.</param>
    public static void Add(HtmlBuilder html, ReportedRecording recording, bool draws)
    {
        var errors = recording.Errors;
        html.Add($"""<section id="{recording.Anchor}"><h2>{errors.Name}</h2>""");
        AddFacts(html, recording);
        if (draws)
        {
            var lanes = Lanes.Of(errors);
            html.Add($"""<div class="tools" hidden><button type="button" data-zoom="0.5" aria-label="zoom out">−</button><button type="button" data-zoom="2" aria-label="zoom in">+</button><button type="button" data-zoom="0">whole recording</button></div>""");
            var closeUps = ChooseCloseUps(recording);
            TimelineChart.Draw(html, lanes, errors.Extent, Describe(recording), [.. closeUps.Select(c => c.Moment.Time)], zooms: true);
            AddCloseUps(html, recording, lanes, closeUps);
        }
        else
        {
            html.Add($"""<p class="note">Not drawn: the page would be too large. Score this recording alone to see it.</p>""");
        }

        SpeakerMatrix.Add(html, errors);
        AddList(html, recording);
        html.Add($"</section>");
    }

    private static void AddFacts(HtmlBuilder html, ReportedRecording recording)
    {
        var total = recording.Errors.Total;
        html.Add($"""<p class="facts"><strong>{Percentage.Of(recording.Wrong, total.Speech)} % DER</strong> of {total.Speech:0.0} s of speech; JER {100 * recording.Jaccard:0.0} %; {recording.Errors.ReferenceSpeakers.Count} {Plural("speaker", recording.Errors.ReferenceSpeakers.Count)}, {recording.Errors.HypothesisSpeakers.Count} found.</p><ul class="kinds">""");
        foreach (var kind in Enum.GetValues<ErrorKind>())
            html.Add($"""<li><i class="{kind.Style()}"></i>{kind.Title()} {recording.Errors.Seconds(kind):0.0} s ({Percentage.Of(recording.Errors.Seconds(kind), total.Speech)} %)</li>""");
        html.Add($"</ul>");
    }

    // What can be seen in a close-up already gets none of its own.
    private static List<CloseUp> ChooseCloseUps(ReportedRecording recording)
    {
        var chosen = new List<CloseUp>();
        foreach (var moment in recording.Moments)
        {
            if (!chosen.Exists(c => c.Window.Start <= moment.Time.Start && moment.Time.End <= c.Window.End))
                chosen.Add(new CloseUp(moment, Window(moment.Time, recording.Errors.Extent)));
            if (chosen.Count == CloseUps)
                break;
        }

        return chosen;
    }

    private static void AddCloseUps(HtmlBuilder html, ReportedRecording recording, IReadOnlyList<Lane> lanes, List<CloseUp> closeUps)
    {
        if (closeUps.Count == 0)
            return;
        html.Add($"""<h3>Worst moments</h3><ol class="closeups">""");
        foreach (var (moment, window) in closeUps)
        {
            var times = MomentTable.Times(moment.Time);
            html.Add($"""<li><p><a href="#{recording.Anchor}" data-at="{moment.Time.Start:0.###}" data-to="{moment.Time.End:0.###}">{times}</a> <i class="{moment.Kind.Style()}"></i>{moment.Kind.Title()}, {moment.Seconds:0.0} s: {recording.Errors.Explain(moment)}</p>""");
            TimelineChart.Draw(html, [.. lanes.Where(l => l.Parts.Any(p => p.IsSeenIn(window)))], window, $"{recording.Errors.Explain(moment)}, {times}", [moment.Time], zooms: false);
            html.Add($"</li>");
        }

        html.Add($"</ol>");
    }

    private static void AddList(HtmlBuilder html, ReportedRecording recording)
    {
        var rest = recording.Moments.Take(Listed).ToList();
        if (rest.Count == 0)
            return;
        html.Add($"""<details><summary>All {recording.Moments.Count} places with errors{(recording.Moments.Count > Listed ? $" (the worst {Listed} are listed)" : "")}</summary>""");
        MomentTable.Add(html, [.. rest.Select(m => (recording, m))], withNames: false);
        html.Add($"</details>");
    }

    private static Interval Window(Interval moment, Interval extent)
    {
        var margin = Math.Max(Margin, (ShortestCloseUp - moment.Length) / 2);
        double start = Math.Max(extent.Start, moment.Start - margin), end = Math.Min(extent.End, moment.End + margin);
        return new Interval(start, end);
    }

    private static string Describe(ReportedRecording recording) =>
        $"Timeline of {recording.Errors.Name}: reference speakers with the hypothesis beneath, and the errors. The tables below say the same in words.";

    private static string Plural(string noun, int count) => count == 1 ? noun : noun + "s";

    private sealed record CloseUp(ErrorMoment Moment, Interval Window);
}
