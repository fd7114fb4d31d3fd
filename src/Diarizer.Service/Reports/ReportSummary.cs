using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>The beginning of a report: all recordings together.</summary>
internal static class ReportSummary
{
    /// <summary>Moments of all recordings that are listed.</summary>
    private const int Listed = 20;

    public static void Add(HtmlBuilder html, IReadOnlyList<ReportedRecording> recordings, double jaccard)
    {
        var total = DiarizationErrorRate.Pool(recordings.Select(r => r.Errors.Total));
        double Seconds(ErrorKind kind) => recordings.Sum(r => r.Errors.Seconds(kind));
        html.Add($"""<section id="summary"><h2>All recordings</h2><p class="facts"><strong>{Percentage.Of(recordings.Sum(r => r.Wrong), total.Speech)} % DER</strong> of {total.Speech:0.0} s of speech in {recordings.Count} {(recordings.Count == 1 ? "recording" : "recordings")}; JER {100 * jaccard:0.0} %.</p>""");
        ErrorBar.Add(html, Seconds, Math.Max(total.Speech, Enum.GetValues<ErrorKind>().Sum(Seconds)));
        html.Add($"""<ul class="kinds">""");
        foreach (var kind in Enum.GetValues<ErrorKind>())
            html.Add($"""<li><i class="{kind.Style()}"></i>{kind.Title()} {Percentage.Of(Seconds(kind), total.Speech)} %: {kind.Meaning()}</li>""");
        html.Add($"""<li><i class="agreed"></i>both agree</li><li><i class="unscored"></i>not scored</li></ul>""");
        AddTable(html, recordings);
        var worst = recordings.SelectMany(r => r.Moments.Select(m => (Recording: r, Moment: m))).OrderByDescending(m => m.Moment.Seconds).Take(Listed).ToList();
        if (worst.Count > 0 && recordings.Count > 1)
        {
            html.Add($"<h3>Worst moments of all</h3>");
            MomentTable.Add(html, worst, withNames: true);
        }

        html.Add($"</section>");
    }

    private static void AddTable(HtmlBuilder html, IReadOnlyList<ReportedRecording> recordings)
    {
        var all = Math.Max(1e-9, recordings.Sum(r => r.Wrong));
        var worst = Math.Max(1e-9, recordings.Max(r => r.Wrong));
        html.Add($"""<div class="wide"><table class="recordings"><caption>By the seconds each adds to the errors; percentages are of its own speech.</caption><thead><tr><th scope="col">recording</th><th scope="col">wrong s</th><th scope="col">share</th><td></td><th scope="col">DER %</th>""");
        foreach (var kind in Enum.GetValues<ErrorKind>())
            html.Add($"""<th scope="col">{kind.Title()} %</th>""");
        html.Add($"""<th scope="col">JER %</th><th scope="col">speech s</th><th scope="col">speakers</th><th scope="col">found</th></tr></thead><tbody>""");
        foreach (var recording in recordings)
        {
            var total = recording.Errors.Total;
            html.Add($"""<tr><th scope="row"><a href="#{recording.Anchor}">{recording.Errors.Name}</a></th><td class="number">{recording.Wrong:0.0}</td><td class="number">{100 * recording.Wrong / all:0} %</td><td>""");
            ErrorBar.Add(html, recording.Errors.Seconds, worst);
            html.Add($"""</td><td class="number">{Percentage.Of(recording.Wrong, total.Speech)}</td>""");
            foreach (var kind in Enum.GetValues<ErrorKind>())
                html.Add($"""<td class="number">{Percentage.Of(recording.Errors.Seconds(kind), total.Speech)}</td>""");
            html.Add($"""<td class="number">{100 * recording.Jaccard:0.0}</td><td class="number">{total.Speech:0.0}</td><td class="number">{recording.Errors.ReferenceSpeakers.Count}</td><td class="number">{recording.Errors.HypothesisSpeakers.Count}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }
}
