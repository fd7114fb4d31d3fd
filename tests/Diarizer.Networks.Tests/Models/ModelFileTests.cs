using Diarizer.Features;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.VoiceActivity;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Models;

public sealed class ModelFileTests
{
    private static readonly FastResNet34Options Small = new() { Channels = [8, 8, 16, 16], Blocks = [1, 1, 1, 1], OutputSize = 24, Pooling = PoolingKind.AttentiveStatistics };

    private static readonly ModelCard EmbedderCard = new ModelCard
    {
        Name = "test",
        Kind = ModelKind.SpeakerEmbedding,
        Network = FastResNet34.NetworkName,
        FrontEnd = new LogMelOptions { PreEmphasis = 0 },
        Training = new TrainingRecord { Config = "configs/x.json", Data = "noise", Seed = 3, Steps = 4, Started = DateTimeOffset.UnixEpoch, Command = "diarizer-train" },
        Figures = new Dictionary<string, ModelFigure> { ["eer"] = new(0.08, "20,000 pairs of 2 s") },
    }.WithNetworkOptions(Small);

    private static readonly ModelCard VadCard = new() { Name = "vad", Kind = ModelKind.VoiceActivity, Network = VadNetwork.NetworkName };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_model_loads_as_it_was(bool halfPrecision)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var network = TestSignals.Shaken(new FastResNet34(Small));
        var saved = ModelFile.Save(folder.File("m.safetensors"), EmbedderCard, network, halfPrecision);
        Assert.Equal(["m.json", "m.safetensors"], folder.Names);
        var (card, loaded) = ModelFile.Load(folder.File("m.json"), ModelKind.SpeakerEmbedding);
        using (loaded)
        {
            Assert.Equal(saved.WeightsSha256, card.WeightsSha256);
            Assert.Equal(EmbedderCard.Training, card.Training);
            Assert.Equal(EmbedderCard.FrontEnd, card.FrontEnd);
            Assert.Equal(EmbedderCard.Figures, card.Figures);
            network.eval();
            var input = randn(1, 40, 60);
            var (expected, given) = (TestSignals.Values(network.call(input)), TestSignals.Values(loaded.call(input)));
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], given[i], halfPrecision ? 2e-2 : 0);
        }
    }

    [Fact]
    public void Models_load_straight_into_inference()
    {
        using var folder = new TemporaryFolder();
        using (var network = new FastResNet34(Small))
            ModelFile.Save(folder.File("e.safetensors"), EmbedderCard, network);
        using (var network = new VadNetwork())
            ModelFile.Save(folder.File("v.safetensors"), VadCard, network);
        using var embedder = SpeakerEmbedder.Load(folder.File("e.safetensors"), "cpu");
        Assert.Equal(24, embedder.Dimension);
        using var model = VoiceActivityModel.Load(folder.File("v.safetensors"));
        using var detector = model.CreateDetector();
        var probabilities = new List<float>();
        detector.Push(TestSignals.Noise(16_000), probabilities);
        Assert.Equal(94, probabilities.Count);
    }

    [Fact]
    public void Another_digest_is_refused()
    {
        using var folder = Saved();
        var bytes = File.ReadAllBytes(folder.File("v.safetensors"));
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder.File("v.safetensors"), bytes);
        Refuse(folder, "has SHA-256 ");
    }

    [Fact]
    public void A_truncated_file_is_refused_even_with_its_digest()
    {
        using var folder = Saved();
        File.WriteAllBytes(folder.File("v.safetensors"), File.ReadAllBytes(folder.File("v.safetensors"))[..^4]);
        Resign(folder);
        Refuse(folder, "is unusable");
    }

    [Theory]
    [InlineData("missing", "lacks the tensor conv2.bias of shape [64]")]
    [InlineData("unexpected", "has an unexpected tensor extra of shape [3]")]
    [InlineData("shape", "The tensor conv1.weight in the weights file", "has shape [64, 40, 3] where [64, 40, 5] is expected")]
    [InlineData("nan", "The tensor output.bias in the weights file", "not finite")]
    public void The_first_tensor_that_does_not_fit_is_named(string damage, params string[] expected)
    {
        using var folder = Saved();
        var tensors = SafeTensorsFile.Read(folder.File("v.safetensors")).ToDictionary();
        switch (damage)
        {
            case "missing":
                tensors.Remove("conv2.bias");
                tensors.Remove("output.bias");
                break;
            case "unexpected":
                tensors["extra"] = SafeTensor.FromSingles([1, 2, 3], 3);
                break;
            case "shape":
                tensors["conv1.weight"] = SafeTensor.FromSingles(new float[64 * 40 * 3], 64, 40, 3);
                break;
            default:
                tensors["output.bias"] = SafeTensor.FromSingles([float.NaN], 1);
                break;
        }
        SafeTensorsFile.Write(folder.File("v.safetensors"), tensors);
        Resign(folder);
        Refuse(folder, expected);
    }

    [Fact]
    public void A_missing_card_or_missing_weights_are_named()
    {
        using var folder = Saved();
        File.Delete(folder.File("v.safetensors"));
        Refuse(folder, "v.safetensors cannot be read");
        File.Delete(folder.File("v.json"));
        Refuse(folder, "v.json cannot be read");
    }

    [Theory]
    [InlineData("\"voice-activity\"", "\"speaker-embedding\"", "is for speaker embedding, not for voice activity")]
    [InlineData("\"voice-activity\"", "\"poetry\"", "is not a valid card")]
    [InlineData("conv-gru-vad", "lstm", "names the network lstm, which is not one for voice activity; conv-gru-vad is")]
    [InlineData("\"melBins\": 40", "\"melBins\": 41", "41 mel bins but the network takes 40")]
    [InlineData("\"hop\": 160", "\"hop\": 0", "The front end option Hop is 0")]
    [InlineData("\"hop\": 160", "\"hop\": 200", "hop of 160 samples")]
    [InlineData("\"hop\": 160", "\"hopp\": 160", "hopp")]
    [InlineData("\"Inside\"", "\"Mirrored\"", "gives a stream a front end that needs whole recordings")]
    [InlineData("\"Inside\"", "\"Around\"", "is not a valid card")]
    [InlineData("{", "", "is not a valid card")]
    public void Each_defect_of_a_card_has_its_sentence(string found, string replacement, string expected)
    {
        using var folder = Saved();
        string card = File.ReadAllText(folder.File("v.json"));
        int at = card.IndexOf(found, StringComparison.Ordinal);
        File.WriteAllText(folder.File("v.json"), card[..at] + replacement + card[(at + found.Length)..]);
        Refuse(folder, expected);
    }

    [Fact]
    public void Network_options_that_do_not_fit_are_refused()
    {
        using var folder = Saved();
        string card = File.ReadAllText(folder.File("v.json"));
        File.WriteAllText(folder.File("v.json"), card.Replace("\"frontEnd\"", "\"networkOptions\": {\"layers\": \"many\"}, \"frontEnd\"", StringComparison.Ordinal));
        Refuse(folder, "do not fit conv-gru-vad");
    }

    private static TemporaryFolder Saved()
    {
        var folder = new TemporaryFolder();
        using var network = new VadNetwork();
        ModelFile.Save(folder.File("v.safetensors"), VadCard, network);
        return folder;
    }

    private static void Resign(TemporaryFolder folder)
    {
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder.File("v.safetensors"))));
        string old = ModelFile.ReadCard(folder.File("v.json")).WeightsSha256;
        File.WriteAllText(folder.File("v.json"), File.ReadAllText(folder.File("v.json")).Replace(old, digest, StringComparison.Ordinal));
    }

    private static void Refuse(TemporaryFolder folder, params string[] expected)
    {
        string message = Assert.Throws<UserErrorException>(() => VoiceActivityModel.Load(folder.File("v.safetensors"))).Message;
        Assert.All(expected, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
