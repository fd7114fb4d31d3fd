using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Diarizer.Service.Output;
using Diarizer.Service.Reports;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tests.Reports;

public partial class ScoreReportTests
{
    private const string Evil = "</style><script>alert(1)</script>\"'&<img/src=x/onerror=alert(2)>";

    private static readonly SpeakerSegment[] Reference = [new("talk", "ann", 0, 6), new("talk", "bob", 5, 10), new("other", "ann", 0, 3)];
    private static readonly SpeakerSegment[] Hypothesis = [new("talk", "S1", 1, 7), new("talk", "S2", 7, 11), new("talk", "S3", 12, 14), new("other", "S1", 0, 3)];

    [Fact]
    public void The_page_tells_of_each_error_with_its_seconds()
    {
        var page = Make(Reference, Hypothesis);
        var rows = Rows(page, "recordings");
        Assert.Equal(["talk", "other"], rows.Select(r => r[0]));
        // 1 s missed, 1 s of overlap missed, 3 s false alarms and 1 s confused, of 11 s of speech.
        Assert.Equal(["talk", "6.0", "100 %", "", "54.5", "9.1", "9.1", "27.3", "9.1"], rows[0][..9]);
        Assert.Equal(["11.0", "2", "3"], rows[0][^3..]);
        Assert.Contains("bob speaks, S1 (= ann) was heard", page, StringComparison.Ordinal);
        Assert.Contains("nobody speaks, S3 (nobody) was heard", page, StringComparison.Ordinal);
        Assert.Contains("ann and bob speak at once, S1 (= ann) was heard", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Lanes_and_matrix_show_who_was_taken_for_whom()
    {
        var page = Make(Reference, Hypothesis);
        var lanes = Document(page).Descendants("svg").First().Elements("g").Select(g => (string?)g.Attribute("data-name"));
        Assert.Equal(["ann", "S1", "bob", "S2", "S3", "missed", "missed overlap", "false alarm", "confusion"], lanes);
        Assert.Equal(
            [["ann", "5.0", "·", "·", "1.0"], ["bob", "2.0", "3.0", "·", "·"], ["nobody speaks", "·", "1.0", "2.0", "1.0"]],
            Rows(page, "matrix").Take(3));
    }

    [Fact]
    public void Names_never_become_markup()
    {
        SpeakerSegment[] reference = [new(Evil, Evil, 0, 6), new(Evil, "javascript:alert(3)", 6, 9)];
        SpeakerSegment[] hypothesis = [new(Evil, Evil + "2", 0, 7)];
        var page = Make(reference, hypothesis);
        var document = Document(page);
        Assert.Single(document.Descendants("script"));
        Assert.Empty(document.Descendants("img"));
        Assert.Equal(Evil, document.Descendants("h2").Last().Value);
        Assert.DoesNotContain(document.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(document.Descendants("a"), a => Assert.StartsWith("#", (string)a.Attribute("href")!, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_stands_alone_and_links_lead_somewhere()
    {
        var page = Make(Reference, Hypothesis);
        Assert.DoesNotMatch(ForeignAddress(), page);
        var document = Document(page);
        var ids = document.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(document.Descendants("a").Attributes("href"), a => Assert.Contains(a.Value[1..], ids));
        // Whoever does not see the drawings is told what they are of.
        Assert.All(document.Descendants("svg"), svg => Assert.NotEmpty((string)svg.Attribute("aria-label")!));
    }

    [Fact]
    public void Drawings_end_where_the_page_becomes_too_large_but_tables_do_not()
    {
        var page = Make(Reference, Hypothesis, mostDrawn: 0);
        Assert.Empty(Document(page).Descendants("svg"));
        Assert.Equal(2, Rows(page, "recordings").Count);
        Assert.Contains("bob speaks, S1 (= ann) was heard", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Recordings_without_scored_speech_have_no_rate()
    {
        var page = Make([new("r", "A", 1, 1.4)], [new("r", "x", 0, 5)], new ScoringOptions(Collar: 0.25));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_of_audio_make_a_page_of_a_few_megabytes()
    {
        var random = new Random(1);
        List<SpeakerSegment> reference = [], hypothesis = [];
        for (var t = 0.0; t < 8 * 3600; t += 3 + random.NextDouble())
        {
            reference.Add(new("day", $"R{random.Next(8)}", t, t + 3));
            hypothesis.Add(new("day", $"H{random.Next(8)}", t + 0.2, t + 3.1));
        }

        Assert.InRange(Make(reference, hypothesis).Length, 500_000, 5_000_000);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_the_users_matter() =>
        Assert.Contains("--report", Assert.Throws<UserErrorException>(() => ScoreReport.Write("/nonexistent/a.html", "")).Message, StringComparison.Ordinal);

    private static string Make(IReadOnlyList<SpeakerSegment> reference, IReadOnlyList<SpeakerSegment> hypothesis, ScoringOptions options = default, int mostDrawn = ScoreReport.MostDrawn) =>
        ScoreReport.Make(reference, hypothesis, null, options, ScoreTable.Make(reference, hypothesis, null, options), mostDrawn);

    // The page is written so that an XML parser takes it, but for what HTML leaves open.
    private static XElement Document(string page)
    {
        var text = page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Replace(" hidden", "", StringComparison.Ordinal);
        text = OpenElement().Replace(text, "$0</meta>");
        text = OwnCode().Replace(text, "<$1/>");
        return XElement.Parse(text);
    }

    private static List<string[]> Rows(string page, string table) =>
        [.. Document(page).Descendants("table").Where(t => (string?)t.Attribute("class") == table)
            .SelectMany(t => t.Element("tbody")!.Elements("tr")).Select(r => r.Elements().Select(c => c.Value.Trim().Replace("\n", "", false, CultureInfo.InvariantCulture)).ToArray())];

    [GeneratedRegex("(src|href)=\"(?!#)|url\\(|@import|https?:")]
    private static partial Regex ForeignAddress();

    [GeneratedRegex("<meta [^>]*>")]
    private static partial Regex OpenElement();

    [GeneratedRegex("<(script|style)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex OwnCode();
}
