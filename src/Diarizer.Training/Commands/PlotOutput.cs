using System.CommandLine;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>The options by which pictures of scores are asked for.</summary>
internal sealed class PlotOutput
{
    private readonly Option<string?> _det = new("--det") { Description = "SVG file for the detection error trade-off of all scores" };
    private readonly Option<string?> _histogram = new("--histogram") { Description = "SVG file for the distributions of all scores" };

    public void AddTo(Command command)
    {
        command.Options.Add(_det);
        command.Options.Add(_histogram);
    }

    /// <summary>Draws what is asked for.</summary>
    /// <param name="title">What the scores are of.</param>
    /// <param name="models">The scores of each model.</param>
    public void Save(ParseResult parsed, string title, IReadOnlyList<ModelScores> models)
    {
        if (parsed.GetValue(_det) is { } det)
            DetPlot.Draw(title, [.. models.Select(m => (Name(m), m.All.Curve()))]).Save(det);
        if (parsed.GetValue(_histogram) is { } histogram)
            ScoreHistogram.Draw([.. models.Select(m => ($"{title}: {Name(m)}", m.All))]).Save(histogram);
    }

    private static string Name(ModelScores scores) => scores.Crop is { } crop ? $"{scores.Model}, {Cells.Number(crop, "0.##")} s" : scores.Model;
}
