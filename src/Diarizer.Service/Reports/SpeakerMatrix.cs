using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>The table of who speaks while who is heard, in seconds.</summary>
internal static class SpeakerMatrix
{
    /// <summary>Hypothesis speakers beyond this many are added up, so that the table stays readable.</summary>
    private const int MostColumns = 20;

    public static void Add(HtmlBuilder html, RecordingErrors recording)
    {
        var common = recording.CommonTime();
        int rows = recording.ReferenceSpeakers.Count, hypotheses = recording.HypothesisSpeakers.Count;
        var largest = Math.Max(1e-9, common.Cast<double>().Max());
        List<int> columns =
        [
            .. recording.Mapping.Where(h => h >= 0),
            .. Enumerable.Range(0, hypotheses).Where(h => recording.ReferenceOf(h) is null).OrderByDescending(h => recording.HypothesisSpeakers[h].Speech),
        ];
        var shown = columns.Take(MostColumns).ToList();
        var rest = columns.Skip(MostColumns).ToList();
        html.Add($"""<div class="wide"><table class="matrix"><caption>Seconds in which a reference speaker (row) and a hypothesis speaker (column) both speak. Framed: taken for the same.</caption><thead><tr><td></td>""");
        foreach (var h in shown)
            html.Add($"""<th scope="col">{recording.HypothesisSpeakers[h].Name}</th>""");
        if (rest.Count > 0)
            html.Add($"""<th scope="col">{rest.Count} others</th>""");
        html.Add($"""<th scope="col" class="nobody">nobody heard</th></tr></thead><tbody>""");
        for (var r = 0; r <= rows; r++)
        {
            html.Add($"""<tr><th scope="row" class="{(r == rows ? "nobody" : "")}">{(r == rows ? "nobody speaks" : recording.ReferenceSpeakers[r].Name)}</th>""");
            foreach (var h in shown)
                AddCell(html, common[r, h], largest, r < rows && recording.Mapping[r] == h ? "same" : r == rows ? "falsealarm" : "confusion");
            if (rest.Count > 0)
                AddCell(html, rest.Sum(h => common[r, h]), largest, r == rows ? "falsealarm" : "confusion");
            AddCell(html, common[r, hypotheses], largest, r == rows ? "silence" : "missed");
            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void AddCell(HtmlBuilder html, double seconds, double largest, string style) =>
        html.Add($"""<td class="{style}" style="--part:{100 * Math.Sqrt(seconds / largest):0}%">{(seconds >= 0.05 ? seconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) : "·")}</td>""");
}
