using System.Globalization;
using System.Text;
using System.Text.Json;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Saliency;

/// <summary>What one method gave, and what it took.</summary>
/// <param name="Curves">Insertion and deletion.</param>
/// <param name="SecondsPerUtterance">Time of the maps alone.</param>
/// <param name="CompletenessGap">Of integrated gradients, how far the values of an utterance are on average from adding up to the gain of its score, as a share of the gain.</param>
internal sealed record MethodReport(PerturbationResult Curves, double SecondsPerUtterance, double? CompletenessGap);

/// <summary>A comparison of saliency methods on one network.</summary>
internal sealed record SaliencyReport
{
    /// <summary>The network and where it is from.</summary>
    public string Network { get; init; } = "";

    /// <summary>The score that is explained.</summary>
    public string Target { get; init; } = "";

    /// <summary>The utterances in words.</summary>
    public string Data { get; init; } = "";

    /// <summary>Speakers to choose from.</summary>
    public int Classes { get; init; }

    public int Utterances { get; init; }

    /// <summary>Steps of the integrated gradients, draws of the expected ones.</summary>
    public int Steps { get; init; }

    /// <summary>What stands in the place of a bin that is left out.</summary>
    public Baseline Baseline { get; init; }

    /// <summary>True when bins were ranked by the magnitude of their values, false when by the values.</summary>
    public bool Magnitude { get; init; }

    public IReadOnlyList<MethodReport> Methods { get; init; } = [];

    /// <summary>Writes <c>saliency.json</c>, <c>curves.csv</c> and <c>curves.svg</c>.</summary>
    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "saliency.json"), JsonSerializer.Serialize(this, ConfigurationFile.Json) + "\n");
        var csv = new StringBuilder("method,curve,share,top1,top5\n");
        foreach (var curves in Methods.Select(m => m.Curves))
        {
            foreach (var (name, curve) in new[] { ("insertion", curves.Insertion), ("deletion", curves.Deletion) })
            {
                foreach (var point in curve.Points)
                    csv.Append(CultureInfo.InvariantCulture, $"{curves.Method},{name},{point.Share:0.######},{point.Top1:0.######},{point.Top5:0.######}\n");
            }
        }
        File.WriteAllText(Path.Combine(folder, "curves.csv"), csv.ToString());
        SaliencyPictures.Curves([.. Methods.Select(m => m.Curves)]).Save(Path.Combine(folder, "curves.svg"));
    }
}
