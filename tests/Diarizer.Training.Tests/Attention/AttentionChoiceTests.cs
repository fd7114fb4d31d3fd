using Diarizer.Features;
using Diarizer.Networks.Trunks.TimeDelay;
using Diarizer.Training.Attention;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Attention;

public class AttentionChoiceTests
{
    private static readonly Spectrogram FrontEnd = new();

    /// <summary>Figures printed by reference/saliency.py: slopes of 2595 log10(1 + f / 700).</summary>
    [Fact]
    public void MelWeightsAreTheDensityOfTheScale()
    {
        var mel = MelDensity.Of(FrontEnd);
        float[] expected = [1.000000f, 0.274510f, 0.159091f, 0.112000f, 0.086420f];
        float[] given = [.. mel.Weights.Where((_, k) => k % 37 == 0)];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[i], 1e-5);
        Assert.Equal(161, mel.Hertz.Length);
        Assert.All(MelDensity.Of(new LogMel()).Weights, weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void ByDefaultThereIsNoLayer()
    {
        var choice = new AttentionChoice().Resolved("nowhere");
        Assert.Null(choice.Record);
        using var network = new Tdnn(new NarrowTdnnOptions());
        choice.Fill(network, FrontEnd);
    }

    [Theory]
    [InlineData("clean", "attention/clean.json")]
    [InlineData("sets/vox2.json", "sets/vox2.json")]
    [InlineData("sets/vox2.npy", "sets/vox2.npy")]
    public void NamesAndPathsLeadToWeights(string source, string file)
    {
        using var folder = new TemporaryFolder();
        float[] values = [.. Enumerable.Range(0, 161).Select(k => 1 - k / 161f)];
        new FrequencyWeights { Name = "x", Origin = "a teacher", Utterances = 3, Hertz = [.. FrontEnd.CentreHertz], Weights = values }.Write(folder[file]);
        var choice = new AttentionChoice { Source = source }.Resolved(folder.Path);
        File.Delete(folder[file]);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), choice.Record!.Source);
        Assert.Equal(file.EndsWith(".npy", StringComparison.Ordinal) ? "vox2.npy" : "a teacher", choice.Record.Origin);
        using var network = new Tdnn(new NarrowTdnnOptions(), frequencyAttention: true);
        choice.Fill(network, FrontEnd);
        Assert.Equal(values, network.Attention!.Weights());
        Assert.Contains("161 bins but the front end has 40", Assert.Throws<UserErrorException>(() => choice.Fill(network, new LogMel())).Message);
    }

    [Fact]
    public void MissingAndUselessWeightsAreRefused()
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<UserErrorException>(() => new AttentionChoice { Source = "aug" }.Resolved(folder.Path)).Message;
        Assert.Contains("attention extract --out aug.json", message);
        File.WriteAllText(folder["bad.json"], "{");
        Assert.Contains("cannot be read", Assert.Throws<UserErrorException>(() => FrequencyWeights.Read(folder["bad.json"])).Message);
        foreach (float[] values in new float[][] { [], [0, 0], [1, -1], [1, float.NaN] })
        {
            using (var writer = new NpyWriter(folder["bad.npy"], 1, values.Length))
                writer.Write(values);
            Assert.Contains("holds no weights", Assert.Throws<UserErrorException>(() => FrequencyWeights.Read(folder["bad.npy"])).Message);
        }
    }

    [Fact]
    public void GradientsWithoutAnySizeAreRefused() =>
        Assert.Throws<UserErrorException>(() => new GradientMean(4).Weights());
}
