using Diarizer.Networks.Inference;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class UtteranceEmbedderTests
{
    [Fact]
    public void TenCropsRunFromStartToEnd()
    {
        var crops = new CropPlan(4, 10).Crops(64_000 + 900, 8_000);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (i * 100, 64_000)), crops);
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2, 3], new CropPlan(4, 10).Crops(64_003, 8_000).Select(c => c.Offset));
    }

    [Fact]
    public void ShortUtterancesWrapToOneCropOfFullLength() => Assert.Equal([(0, 64_000)], new CropPlan(4, 10).Crops(20_000, 8_000));

    [Fact]
    public void OneCropIsTheCentreOfWhatThereIs()
    {
        Assert.Equal([(8_000, 32_000)], new CropPlan(2).Crops(48_000, 8_000));
        Assert.Equal([(0, 20_000)], new CropPlan(2).Crops(20_000, 8_000));
        Assert.Equal([(0, 8_000)], new CropPlan(2).Crops(500, 8_000));
        Assert.Equal([(0, 48_000)], new CropPlan().Crops(48_000, 8_000));
    }

    /// <summary>The similarity of two rows is the mean over all pairs of their crops, each embedded by itself.</summary>
    [Fact]
    public void SimilarityIsTheMeanOfAHundred()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder, speakers: 2, utterances: 10, seconds: 1.5);
        var library = SyntheticData.Library(folder);
        Utterance[] utterances = [.. library.Speakers.SelectMany(s => s.Utterances)];
        using var model = new Angles();
        var plan = new CropPlan(0.7, 10);
        var table = new UtteranceEmbedder(model, library, plan).Table(utterances, CancellationToken.None);
        Assert.Equal(20, table.Count);
        foreach (var (a, b) in new[] { (0, 1), (3, 17), (12, 12) })
        {
            float[][] first = Crops(a), second = Crops(b);
            Assert.Equal(100, first.Length * second.Length);
            double mean = (from x in first from y in second select x[0] * y[0] + x[1] * y[1]).Average();
            Assert.Equal(mean, table.Similarity(a, b), 1e-5);
        }
        Assert.True(table.Similarity(3, 3) < 0.999, "the crops must differ");
        Assert.True(model.Most <= 64);

        float[][] Crops(int row) => [.. plan.Crops(utterances[row].Length, model.MinimumSamples).Select(crop =>
        {
            float[] samples = new float[crop.Length], embedding = new float[2];
            library.Read(utterances[row], crop.Offset, samples);
            model.Embed([samples], embedding);
            return embedding;
        })];
    }

    /// <summary>A unit vector whose angle is made of the sound.</summary>
    private sealed class Angles : ISpeakerEmbedder
    {
        public int Most { get; private set; }

        public int Dimension => 2;

        public int MinimumSamples => 8_000;

        public void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings)
        {
            Most = Math.Max(Most, windows.Count);
            for (int i = 0; i < windows.Count; i++)
            {
                double angle = 0;
                for (int t = 0; t < windows[i].Length; t++)
                    angle += windows[i].Span[t] * windows[i].Span[t] * Math.Sin(t * 1e-3);
                (embeddings[2 * i], embeddings[2 * i + 1]) = ((float)Math.Cos(angle / 5), (float)Math.Sin(angle / 5));
            }
        }

        public void Dispose()
        {
        }
    }
}
