using Diarizer.Training.Drawing;

namespace Diarizer.Training.Attention;

/// <summary>Draws weights over frequency.</summary>
internal static class WeightPicture
{
    /// <param name="sources">Sets of weights with known frequencies.</param>
    public static SvgDrawing Draw(IReadOnlyList<FrequencyWeights> sources) => new LineChart(
        "Where the teacher's gradient is",
        new Axis("frequency in Hz") { From = 0 },
        new Axis("weight, largest = 1") { From = 0, To = 1 },
        [.. sources.Select(s => new Curve(s.Name, [.. s.Hertz.Zip(s.Weights, (hertz, weight) => (hertz, (double)weight))]))]).Draw();
}
