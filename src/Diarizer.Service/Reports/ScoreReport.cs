using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Diarizer.Service.Hosting;
using Diarizer.Service.Output;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>
/// A page that shows what is wrong with a diarization, and where: one HTML file with all it needs inside. Nothing in it is loaded from elsewhere, and no script
/// but its own can run in it.
/// </summary>
public static class ScoreReport
{
    /// <summary>Characters after which recordings are told of in tables only, those with the least errors; some sixty hours of lively talk fit.</summary>
    public const int MostDrawn = 24_000_000;

    /// <summary>Makes the page.</summary>
    /// <param name="reference">True turns.</param>
    /// <param name="hypothesis">Turns to judge.</param>
    /// <param name="uem">Regions to score; null for all.</param>
    /// <param name="options">What is not scored.</param>
    /// <param name="table">The scores of the same.</param>
    /// <param name="mostDrawn">See <see cref="MostDrawn"/>.</param>
    public static string Make(
        IReadOnlyList<SpeakerSegment> reference,
        IReadOnlyList<SpeakerSegment> hypothesis,
        IReadOnlyDictionary<string, IReadOnlyList<Interval>>? uem,
        ScoringOptions options,
        ScoreTable table,
        int mostDrawn = MostDrawn)
    {
        ArgumentNullException.ThrowIfNull(table);
        var jaccard = table.Rows.ToDictionary(r => r.Name, r => r.Jaccard);
        List<ReportedRecording> recordings =
        [
            .. DiarizationErrorRate.Explain(reference, hypothesis, uem, options)
                .Select(errors => new ReportedRecording("", errors, ErrorMoment.Of(errors), jaccard[errors.Name]))
                .OrderByDescending(r => r.Wrong)
                .Select((r, i) => r with { Anchor = $"r{i + 1}" }),
        ];
        var html = new HtmlBuilder();
        AddHead(html, options, uem is not null);
        ReportSummary.Add(html, recordings, table.Total.Jaccard);
        foreach (var recording in recordings)
            RecordingSection.Add(html, recording, draws: html.Length < mostDrawn);
        html.Add($"""</main><div id="tip" role="status" hidden></div>""");
        html.AddTrusted($"<script>{Resource("report.js")}</script></body></html>\n");
        return html.ToString();
    }

    /// <summary>Writes the page.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static void Write(string path, string page)
    {
        try
        {
            File.WriteAllText(path, page);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({e.Message.TrimEnd('.')}); choose another place for --report.", e);
        }
    }

    private static void AddHead(HtmlBuilder html, ScoringOptions options, bool hasRegions)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Resource("report.js"))));
        html.Add($"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.AddTrusted($"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'">""");
        html.Add($"""<meta name="generator" content="diarizer {ProductVersion.Current}"><title>Diarization errors</title>""");
        html.AddTrusted($"<style>{Resource("report.css")}</style>");
        html.Add($"""</head><body><main><h1>Diarization errors</h1><p class="note">Counted as NIST md-eval does: {(options.Collar > 0 ? $"{options.Collar:0.###} s around each true boundary are not scored" : "no collar")}, {(options.SkipOverlap ? "overlapped speech is not scored" : "overlapped speech is scored")}, {(hasRegions ? "inside the regions of the UEM" : "over the extent of both inputs")}. In a timeline, each reference speaker has a lane and beneath it the hypothesis speaker who is taken for the same; colours show what is wrong. In a window of up to 15 minutes an error is drawn at least a pixel wide; in longer ones colours tell how much is wrong.</p>""");
    }

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Diarizer.Service.Reports.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
