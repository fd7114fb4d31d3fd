using System.CommandLine;
using System.Text.Json;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Training.Attention;
using Diarizer.Training.Commands;

namespace Diarizer.Training.Tests.Commands;

/// <summary>From a teacher to a student: train, extract, train with the layer, explain; on made-up speakers.</summary>
public sealed class AttentionCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AttentionCommandTests() => SyntheticData.Write(_folder, speakers: 6, utterances: 3);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ATeachersGradientsBecomeAStudentsFirstLayer()
    {
        Configure("teacher", "none");
        Configure("student", "clean");
        await Succeeds("train", _folder["teacher.json"], "--run", _folder["teacher"]);
        await Fails("attention extract --out clean.json", "train", _folder["student.json"], "--run", _folder["student"]);

        string clean = _folder["attention/clean.json"];
        await Succeeds("attention", "extract", "--run", _folder["teacher"], "--out", clean, "--utterances", "12", "--crop", "0.6");
        var weights = FrequencyWeights.Read(clean);
        Assert.Equal((161, 1, 12), (weights.Weights.Length, weights.Weights.Max(), weights.Utterances));
        Assert.True(weights.Weights.Distinct().Count() > 100);
        Assert.Contains("teacher (rescnn-cbam, step 4)", weights.Origin);
        await Succeeds("attention", "extract", "--run", _folder["teacher"], "--out", _folder["aug.npy"], "--utterances", "12", "--crop", "0.6", "--augment");
        Assert.NotEqual(weights.Weights, FrequencyWeights.Read(_folder["aug.npy"]).Weights);
        await Succeeds("attention", "draw", clean, clean, "--out", _folder["both.svg"]);
        Assert.True(File.Exists(_folder["attention/clean.svg"]) && File.Exists(_folder["both.svg"]));

        await Succeeds("train", _folder["student.json"], "--run", _folder["student"]);
        File.Delete(clean);
        var (card, network) = ModelFile.Load(_folder["models/student.safetensors"], ModelKind.SpeakerEmbedding);
        // Averaged with the other weights at every step, they may change in the last digit.
        using (network)
            Assert.Equal(weights.Weights, ((IFrequencyAttentive)network).Attention!.Weights(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(new AttentionRecord { Source = "clean", Origin = weights.Origin }, card.Attention);

        // An embedder alone has no classifier: that must be asked for in other words.
        string[] model = ["attention", "extract", "--model", _folder["models/student.json"], "--manifest", _folder["speech.tsv"], "--out", _folder["mean.json"], "--crop", "0.6"];
        await Fails("--target mean", model);
        await Succeeds([.. model, "--target", "mean"]);
        Assert.Contains("cosine to the mean embedding of the speaker", FrequencyWeights.Read(_folder["mean.json"]).Origin);
    }

    [Fact]
    public async Task MethodsAreComparedAndMapsDrawn()
    {
        Configure("teacher", "mel");
        await Succeeds("train", _folder["teacher.json"], "--run", _folder["teacher"]);
        string[] explain = ["saliency", "--run", _folder["teacher"], "--utterances", "10", "--crop", "0.6", "--steps", "2", "--shares", "0", "50", "100", "--maps", "1", "--out", _folder["explained"]];
        await Succeeds(explain);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["explained/saliency.json"]));
        var methods = json.RootElement.GetProperty("methods").EnumerateArray().ToList();
        Assert.Equal(["gradient", "input-x-gradient", "grad-cam", "integrated-gradients", "expected-gradients", "random"], methods.Select(m => m.GetProperty("curves").GetProperty("method").GetString()));
        Assert.Equal(1 + 6 * 2 * 3, File.ReadLines(_folder["explained/curves.csv"]).Count());
        Assert.True(File.Exists(_folder["explained/curves.svg"]) && File.Exists(_folder["explained/map-1.svg"]) && !File.Exists(_folder["explained/map-2.svg"]));
        await Fails("the saliency method 'lime' is unknown", [.. explain, "--methods", "lime"]);
        await Fails("--shares is 50", "saliency", "--run", _folder["teacher"], "--out", _folder["explained"], "--shares", "50");
        await Fails("either --run", "saliency", "--out", _folder["explained"]);
    }

    private void Configure(string name, string source) => File.WriteAllText(_folder[name + ".json"], $$"""
        {
          "name": "{{name}}",
          "embedder": {
            "spectrogram": { },
            "network": { "kind": "rescnn-cbam", "options": { "width": 8, "outputSize": 16 } },
            "attention": { "source": "{{source}}" },
            "sampling": { "speakers": 4, "cropsPerSpeaker": 1, "cropSeconds": [0.5, 0.5], "speeds": [0.9, 1.0] },
            "augmentation": { "shapedNoise": { "probability": 1 } },
            "losses": [ { "kind": "AamSoftmax" } ],
            "whiteningBatches": 0
          },
          "data": { "validationShare": 0 },
          "loop": { "steps": 4, "checkpointEvery": 4 }
        }
        """);

    private async Task Succeeds(params string[] arguments)
    {
        var (code, error) = await Run(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code}\n{error}");
    }

    private async Task Fails(string message, params string[] arguments)
    {
        var (code, error) = await Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(int Code, string Error)> Run(string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        Console.SetOut(TextWriter.Null);
        Console.SetError(said);
        try
        {
            string[] common = arguments[..2] is ["attention", "draw"] ? [] : ["--cache", _folder["cache"], "--threads", "1"];
            string[] place = arguments[0] == "train" ? ["--data", _folder.Path, "--out", _folder["models"]] : arguments.Contains("--run") ? ["--data", _folder.Path] : [];
            int code = await CommandLineProgram.Run(new RootCommand { TrainCommand.Create(), AttentionCommand.Create(), SaliencyCommand.Create() }, [.. arguments, .. place, .. common]);
            return (code, said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
