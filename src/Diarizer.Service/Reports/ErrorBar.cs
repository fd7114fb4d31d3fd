using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>A bar of the kinds of errors, side by side.</summary>
internal static class ErrorBar
{
    /// <param name="html">Where it goes.</param>
    /// <param name="seconds">Of a kind.</param>
    /// <param name="full">Seconds that fill the bar.</param>
    public static void Add(HtmlBuilder html, Func<ErrorKind, double> seconds, double full)
    {
        html.Add($"""<span class="bar" aria-hidden="true">""");
        foreach (var kind in Enum.GetValues<ErrorKind>().Where(k => seconds(k) > 0))
            html.Add($"""<i class="{kind.Style()}" style="width:{100 * seconds(kind) / full:0.##}%"></i>""");
        html.Add($"</span>");
    }
}
