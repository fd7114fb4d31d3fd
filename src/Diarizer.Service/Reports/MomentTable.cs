using Diarizer.Audio;
using Diarizer.Service.Output;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>A table of places with errors, each with a link to its place in the timeline.</summary>
internal static class MomentTable
{
    /// <param name="html">Where it goes.</param>
    /// <param name="moments">In the order wanted.</param>
    /// <param name="withNames">Whether to name the recordings.</param>
    public static void Add(HtmlBuilder html, IReadOnlyList<(ReportedRecording Recording, ErrorMoment Moment)> moments, bool withNames)
    {
        html.Add($"""<div class="wide"><table class="moments"><thead><tr>""");
        if (withNames)
            html.Add($"""<th scope="col">recording</th>""");
        html.Add($"""<th scope="col">from – to</th><th scope="col">error</th><th scope="col">seconds wrong</th><th scope="col">what happened</th></tr></thead><tbody>""");
        foreach (var (recording, moment) in moments)
        {
            html.Add($"<tr>");
            if (withNames)
                html.Add($"""<td>{recording.Errors.Name}</td>""");
            html.Add($"""<td><a href="#{recording.Anchor}" data-at="{moment.Time.Start:0.###}" data-to="{moment.Time.End:0.###}">{Times(moment.Time)}</a></td><td><i class="{moment.Kind.Style()}"></i>{moment.Kind.Title()}</td><td class="number">{moment.Seconds:0.0}</td><td>{recording.Errors.Explain(moment)}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }

    /// <summary>From and to on the clock of the recording.</summary>
    public static string Times(Interval time) => $"{Clock.Format(SampleClock.FromSeconds(time.Start))} – {Clock.Format(SampleClock.FromSeconds(time.End))}";
}
