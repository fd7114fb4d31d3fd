using Diarizer.Features;
using Diarizer.Networks.Checkpoints;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>The names and shapes of public checkpoints make networks; their values are compared by bench/parity.py, with the public code at hand.</summary>
public sealed class CheckpointImportTests
{
    private const string Fast = "voxceleb-trainer-resnetse34l-sap";

    [Theory]
    [InlineData(Fast, "voxceleb_trainer", "fast-resnet-34", 1_437_078, 2)]
    [InlineData("voxceleb-trainer-resnetse34v2-asp", "voxceleb_trainer", "half-resnet-34", 8_028_492, 2)]
    [InlineData("voxceleb-trainer-vggvox-sap", "voxceleb_trainer", "vgg-m-40", 4_032_448, 2)]
    [InlineData("taoruijie-ecapa-ecapa-tdnn-c-512", "taoruijie-ecapa", "ecapa-tdnn", 6_978_176, 1)]
    [InlineData("speechbrain-ecapa-ecapa-tdnn-512", "speechbrain-ecapa", "ecapa-tdnn", 6_194_048, 0)]
    [InlineData("wespeaker-resnet34-resnet34-tstp", "wespeaker-resnet34", "resnet-34", 6_634_336, 0)]
    [InlineData("wespeaker-resnet34-resnet34-tstp-two-layers", "wespeaker-resnet34", "resnet-34", 6_700_128, 0)]
    [InlineData("wespeaker-ecapa-ecapa-tdnn-glob-c512", "wespeaker-ecapa", "ecapa-tdnn", 6_190_720, 0)]
    [InlineData("wespeaker-ecapa-ecapa-tdnn-c512-emb-bn", "wespeaker-ecapa", "ecapa-tdnn", 5_797_888, 0)]
    public void A_published_layout_is_found_out(string list, string layout, string network, long parameters, int below)
    {
        using var imported = Import(LayoutList.Read(list));
        Assert.Equal((layout, network), (imported.Layout, imported.Card.Network));
        Assert.Equal(parameters, imported.Network.parameters().Sum(p => p.numel()));
        Assert.False(imported.Network.training);
        // The loss, and what the front end keeps; the projection of WeSpeaker's training.
        Assert.Equal(below, imported.LeftOut.Count(name => name.StartsWith("__L__.", StringComparison.Ordinal) || name.StartsWith("speaker_loss.", StringComparison.Ordinal)));
        Assert.All(imported.LeftOut, name => Assert.True(name.Contains("_L", StringComparison.Ordinal) || name.Contains("loss", StringComparison.Ordinal)
            || name.Contains("torchfb", StringComparison.Ordinal) || name.StartsWith("projection.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void Values_arrive_where_they_belong()
    {
        // SpeechBrain's 1x1 convolution at the end is our linear layer; 0.5 stands in it and nowhere else.
        var list = LayoutList.Read("speechbrain-ecapa-ecapa-tdnn-512");
        var last = list.Single(tensor => tensor.Name == "fc.conv.weight");
        var pickle = new PickleBuilder().Op('}').Op('(');
        const long zeros = 3_000_000;
        foreach (var (name, shape) in list)
        {
            long count = shape.Aggregate(1L, (a, b) => a * b);
            long[] strides = [.. shape.Select((_, d) => shape[(d + 1)..].Aggregate(1L, (a, b) => a * b))];
            pickle.Text(name).Tensor("FloatStorage", name == last.Name ? "1" : "0", name == last.Name ? count : zeros, 0, shape, strides);
        }
        long size = last.Shape.Aggregate(1L, (a, b) => a * b);
        byte[] file = CheckpointBuilder.Archive(
            pickle.Op('u').Stop(), ("0", new byte[zeros * 4]), ("1", CheckpointBuilder.Bytes<float>([.. Enumerable.Repeat(0.5f, (int)size)])));
        using var imported = CheckpointImport.Import(CheckpointFile.Parse(file, "x.ckpt"), "x.ckpt");
        using var scope = NewDisposeScope();
        foreach (var (name, value) in imported.Network.state_dict().Where(entry => entry.Value.dtype == ScalarType.Float32))
            Assert.Equal(name == "fc6.weight" ? 0.5f : 0, value.mean().item<float>());
    }

    [Fact]
    public void A_prefix_and_a_dictionary_around_it_do_not_matter()
    {
        var wrapped = LayoutList.Read("wespeaker-resnet34-resnet34-tstp").Where(tensor => !tensor.Name.StartsWith("projection", StringComparison.Ordinal))
            .Select(tensor => ("module.resnet." + tensor.Name, tensor.Shape)).Append(("criterion.weight", [3]));
        using var imported = Import(wrapped);
        Assert.Equal("ResNet34 below module.resnet.", imported.Source);
        Assert.Equal(["criterion.weight"], imported.LeftOut);
    }

    [Fact]
    public void Front_ends_are_those_of_the_trainers()
    {
        Assert.Equal(new LogMelOptions { Edges = FrameEdges.Mirrored, LowestHertz = 0, HighestHertz = 8_000, PreEmphasis = 0, Window = WindowShape.Hann }, FrontEnd(Fast));
        Assert.Equal(new LogMelOptions { Edges = FrameEdges.Mirrored, LowestHertz = 0, HighestHertz = 8_000, PreEmphasis = 0.97f, MelBins = 64, Window = WindowShape.Hann }, FrontEnd("voxceleb-trainer-resnetse34v2-asp"));
        Assert.Equal(new LogMelOptions { Edges = FrameEdges.Mirrored, MelBins = 80, Window = WindowShape.Hann }, FrontEnd("taoruijie-ecapa-ecapa-tdnn-c-512"));
        // Without the buffers: a Hamming window, as the code of today.
        var bare = LayoutList.Read(Fast).Where(tensor => !tensor.Name.Contains("torchfb", StringComparison.Ordinal));
        using var imported = Import(bare);
        Assert.Equal(new LogMelOptions { Edges = FrameEdges.Mirrored, LowestHertz = 0, HighestHertz = 8_000, PreEmphasis = 0 }, imported.Card.FrontEnd);
        Assert.True(FrontEnd("wespeaker-resnet34-resnet34-tstp") is { FramesAlone: true, Filters: FilterShape.Mel, MelBins: 80 });
        Assert.True(FrontEnd("speechbrain-ecapa-ecapa-tdnn-512") is { Decibels: true, Filters: FilterShape.Symmetric, Edges: FrameEdges.Silent });

        // The zeros of these lists are read as the first value of a Hann window.
        static LogMelOptions FrontEnd(string list)
        {
            using var imported = Import(LayoutList.Read(list));
            return imported.Card.FrontEnd;
        }
    }

    [Fact]
    public void An_imported_model_embeds_as_any_other()
    {
        using var folder = new TemporaryFolder();
        using (var imported = Import(LayoutList.Read(Fast)))
            ModelFile.Save(folder.File("m.safetensors"), imported.Card with { Name = "m" }, imported.Network);
        using var embedder = SpeakerEmbedder.Load(folder.File("m.safetensors"), "cpu");
        var embedding = new float[embedder.Dimension];
        embedder.Embed([TestSignals.Noise(16_000)], embedding);
        Assert.Equal(512, embedder.Dimension);
    }

    [Fact]
    public void The_first_tensor_that_does_not_fit_is_named_with_its_shapes()
    {
        var list = LayoutList.Read(Fast);
        Refuse(list.Where(t => t.Name != "__S__.layer2.1.bn2.bias"), "The checkpoint x.pt lacks the tensor __S__.layer2.1.bn2.bias of shape [32] (our layer2.1.bn2.bias)");
        Refuse(
            list.Select(t => t.Name == "__S__.layer3.0.conv2.weight" ? (t.Name, [64, 64, 5, 5]) : t),
            "The tensor __S__.layer3.0.conv2.weight in the checkpoint x.pt has shape [64, 64, 5, 5] where [64, 64, 3, 3] is expected");
        Refuse(list.Append(("__S__.extra.weight", [3, 4])), "The checkpoint x.pt has an unexpected tensor __S__.extra.weight of shape [3, 4]");
        Refuse(list.Where(t => t.Name != "__S__.fc.weight"), "The checkpoint x.pt lacks the tensor __S__.fc.weight, from which the network's shape is read");
        Refuse(list.Select(t => t.Name == "__S__.fc.weight" ? (t.Name, [512]) : t), "The tensor __S__.fc.weight in the checkpoint x.pt has shape [512], too few dimensions");
        Refuse(list.Select(t => t.Name == "__S__.conv1.weight" ? (t.Name, [16, 1, 3, 3]) : t), "has shape [16, 1, 3, 3] where [16, 1, 7, 7] is expected (our conv1.weight)");
    }

    [Fact]
    public void What_is_of_no_known_layout_is_said_to_be()
    {
        Refuse([("a.weight", [1]), ("b.weight", [1])], "The tensors of the checkpoint x.pt (a.weight, b.weight, ...) are of no known layout: ResNetSE34L of voxceleb_trainer has");
        var (dictionaries, list) = (CheckpointFile.Parse(CheckpointBuilder.Archive(new PickleBuilder().Op('}').Stop()), "x.pt"), LayoutList.Read(Fast));
        Assert.Contains("holds no named tensors", Assert.Throws<UserErrorException>(() => CheckpointImport.Import(dictionaries, "x.pt")).Message, StringComparison.Ordinal);
        Assert.Contains("that was asked for", Assert.Throws<UserErrorException>(() => Import(list, "wespeaker-ecapa")).Message, StringComparison.Ordinal);
        Assert.Contains("There is no layout kaldi; give auto, voxceleb_trainer,", Assert.Throws<UserErrorException>(() => Import(list, "kaldi")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_out_of_bounds_are_refused_before_anything_is_built()
    {
        var list = LayoutList.Read(Fast);
        Refuse(list.Select(t => t.Name == "__S__.layer4.0.conv1.weight" ? (t.Name, [100_000, 64, 3, 3]) : t), "The fast-resnet-34 option Channels is ");
        Refuse(list.Select(t => t.Name == "__S__.layer4.0.se.fc.0.weight" ? (t.Name, [0, 128]) : t), "The fast-resnet-34 option SqueezeReduction is ");
    }

    private static ImportedModel Import(IEnumerable<(string Name, long[] Shape)> tensors, string layout = "auto") =>
        CheckpointImport.Import(CheckpointFile.Parse(CheckpointBuilder.Zeros(tensors), "x.pt"), "x.pt", layout);

    private static void Refuse(IEnumerable<(string Name, long[] Shape)> tensors, string expected) =>
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => Import(tensors)).Message, StringComparison.Ordinal);
}
