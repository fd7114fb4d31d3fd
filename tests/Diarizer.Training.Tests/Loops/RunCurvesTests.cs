using System.Xml.Linq;
using Diarizer.Training.Loops;

namespace Diarizer.Training.Tests.Loops;

public class RunCurvesTests
{
    [Fact]
    public void LongCurvesAreThinnedToMeans()
    {
        var curve = new ThinnedCurve();
        for (int i = 0; i < 100_000; i++)
            curve.Add(i, i % 2 == 0 ? 0 : 2);
        Assert.InRange(curve.Points.Count, 500, 1_001);
        Assert.All(curve.Points, p => Assert.Equal(1, p.Y));
        Assert.Equal([.. curve.Points.Select(p => p.X).Order()], curve.Points.Select(p => p.X));
        Assert.InRange(curve.Points[^1].X, 99_700, 100_000);
    }

    [Fact]
    public void ShortCurvesAreKeptAsTheyAre()
    {
        var curve = new ThinnedCurve();
        for (int i = 0; i < 900; i++)
            curve.Add(i, i * i);
        Assert.Equal(900, curve.Points.Count);
        Assert.Equal((30, 900), curve.Points[30]);
    }

    /// <summary>A run that continues draws what one that was not interrupted draws: the logs hold all of it.</summary>
    [Fact]
    public void LogsGiveTheSamePicture()
    {
        using var folder = new TemporaryFolder();
        var live = new RunCurves();
        using (var log = new RunLog(folder["log.csv"], "loss,learning_rate,gradient_norm", 0))
        using (var validations = new RunLog(folder["validation.csv"], "figure,value", 0))
        {
            for (int step = 1; step <= 3_000; step++)
            {
                double loss = 3 * Math.Exp(-step / 800.0) + 0.4 * Math.Sin(step * 1.7), rate = 1e-3 * (1 - step / 3_000.0);
                live.AddStep(step, loss, rate);
                log.Add(step, loss, rate, double.NaN);
                if (step % 500 != 0)
                    continue;
                live.AddValidation(step, "validationEer", 0.3 / step * 500);
                validations.Add(step, "validationEer", 0.3 / step * 500);
                validations.Add(step, "validationEer.odd", 0.9);
            }
        }
        live.Save(folder["live.svg"], "run", (3_000, 0.05));
        RunCurves.Read(folder["log.csv"], folder["validation.csv"]).Save(folder["read.svg"], "run", (3_000, 0.05));
        string svg = File.ReadAllText(folder["live.svg"]);
        Assert.Equal(svg, File.ReadAllText(folder["read.svg"]));
        var lines = XDocument.Parse(svg).Descendants().Where(e => e.Name.LocalName == "polyline").ToList();
        Assert.Equal(5, lines.Count);
        Assert.Contains("best 0.0500 after step 3,000", svg);
    }

    [Fact]
    public void ARunWithoutValidationHasTwoPanels()
    {
        using var folder = new TemporaryFolder();
        var curves = new RunCurves();
        curves.AddStep(1, 2, 1e-3);
        curves.Save(folder["c.svg"], "run", null);
        var svg = XDocument.Parse(File.ReadAllText(folder["c.svg"])).Root!;
        Assert.Equal("540", svg.Attribute("height")!.Value);
    }

    [Fact]
    public void ALogThatWasCutOffInALineIsRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["log.csv"], "step,loss,learning_rate,gradient_norm\n1,2,0.1,1\n2,1,0.1,1\n3,0.");
        using (var log = new RunLog(folder["log.csv"], "loss,learning_rate,gradient_norm", 2))
            log.Add(3, 0.5, 0.1, 1);
        Assert.Equal(["step,loss,learning_rate,gradient_norm", "1,2,0.1,1", "2,1,0.1,1", "3,0.5,0.1,1"], File.ReadAllLines(folder["log.csv"]));
    }
}
