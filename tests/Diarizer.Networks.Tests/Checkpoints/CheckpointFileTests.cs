using Diarizer.Networks.Checkpoints;
using Diarizer.Networks.Models;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>Proper checkpoints, written byte by byte; <see cref="TorchCheckpointTests"/> has PyTorch write them.</summary>
public sealed class CheckpointFileTests
{
    [Fact]
    public void Both_formats_hold_the_same()
    {
        var pickle = new PickleBuilder().Op('}').Op('(').Text("w").Tensor("FloatStorage", "7", 6, 0, [2, 3], [3, 1]).Op('u').Stop();
        byte[] values = CheckpointBuilder.Bytes(1f, 2f, 3f, 4f, 5f, 6f);
        foreach (byte[] file in (byte[][])[CheckpointBuilder.Archive(pickle, ("7", values)), CheckpointBuilder.Sequence(pickle, ("7", 6, values))])
        {
            var dictionary = Assert.Single(CheckpointFile.Parse(file, "x.pt"));
            Assert.Equal("", dictionary.Path);
            var (name, tensor) = Assert.Single(dictionary.Tensors);
            Assert.Equal(("w", ElementType.F32), (name, tensor.Type));
            Assert.Equal([2, 3], tensor.Shape);
            Assert.Equal([1, 2, 3, 4, 5, 6], tensor.Read().ToSingles());
        }
    }

    [Fact]
    public void Strides_and_offsets_are_honoured()
    {
        byte[] values = CheckpointBuilder.Bytes<float>([.. Enumerable.Range(0, 24).Select(i => (float)i)]);
        // Of [2, 3, 4]: the second matrix, transposed, without its first column.
        Assert.Equal([13, 17, 21, 14, 18, 22, 15, 19, 23], One("FloatStorage", 24, values, 13, [3, 3], [1, 4]).ToSingles());
        Assert.Equal([5], One("FloatStorage", 24, values, 5, [], []).ToSingles());
        Assert.Equal([7, 9], One("FloatStorage", 24, values, 7, [1, 2, 1], [99, 2, 99]).ToSingles());
        Assert.Empty(One("FloatStorage", 24, values, 24, [3, 0], [1, 1]).ToSingles());
    }

    [Fact]
    public void All_element_types_are_read()
    {
        Check("DoubleStorage", CheckpointBuilder.Bytes(0.1, -2e10), SafeTensorType.F32, 0.1f, -2e10f);
        Check("HalfStorage", CheckpointBuilder.Bytes((Half)0.5, (Half)(-3)), SafeTensorType.F16, 0.5f, -3);
        Check("BFloat16Storage", [0x80, 0x3f, 0x20, 0xc0], SafeTensorType.BF16, 1, -2.5f);
        Check("LongStorage", CheckpointBuilder.Bytes(5L, -6L), SafeTensorType.I64, 5, -6);
        Check("IntStorage", CheckpointBuilder.Bytes(5, -6), SafeTensorType.I64, 5, -6);
        Check("ShortStorage", CheckpointBuilder.Bytes<short>(5, -6), SafeTensorType.I64, 5, -6);
        Check("CharStorage", [5, 0xfa], SafeTensorType.I64, 5, -6);
        Check("ByteStorage", [5, 0xfa], SafeTensorType.I64, 5, 250);
        Check("BoolStorage", [0, 1], SafeTensorType.I64, 0, 1);

        static void Check(string storage, byte[] values, SafeTensorType type, params float[] expected)
        {
            var tensor = One(storage, 2, values, 0, [2], [1]);
            Assert.Equal(type, tensor.Type);
            Assert.Equal(expected, tensor.ToSingles());
        }
    }

    [Fact]
    public void Dictionaries_are_found_wherever_they_lie()
    {
        var pickle = new PickleBuilder().Op('}').Op('(')
            .Text("epoch").Number(3).Text("lr").Op('G').Raw(0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a).Text("name").Raw(0x8c, 1, (byte)'n').Text("none").Op('N')
            .Text("model").Op('}').Op('(')
            .Text("state_dict").Global("collections", "OrderedDict").Op(')').Op('R').Op('(').Text("a").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Op('u')
            // The attributes of a state dictionary, which Python sets on it.
            .Op('}').Text("_metadata").Op('}').Op('s').Op('b')
            .Op('u')
            .Text("ema").Op('}').Text("b").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Op('s')
            .Text("optimiser").Op('}').Number(0).Op('}').Text("exp_avg").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Op('s').Op('s')
            .Op('u').Stop();
        var found = CheckpointFile.Parse(CheckpointBuilder.Archive(pickle, ("0", new byte[4])), "x.pt");
        Assert.Equal(["ema", "model.state_dict"], found.Select(dictionary => dictionary.Path));
        Assert.Equal(["b", "a"], found.Select(dictionary => dictionary.Tensors.Keys.Single()));
    }

    [Fact]
    public void Later_protocols_are_read()
    {
        var pickle = new PickleBuilder(4).Raw(0x95, 0, 0, 0, 0, 0, 0, 0, 0).Op('}').Raw(0x94).Raw(0x8c, 1, (byte)'w');
        // The global by its names on the stack; then the tensor, True and None as three arguments.
        pickle.Raw(0x8c, 12).Raw("torch._utils"u8).Raw(0x94).Raw(0x8c, 18).Raw("_rebuild_parameter"u8).Raw(0x93);
        pickle.Tensor("FloatStorage", "0", 1, 0, [1], [1]).Raw(0x88).Op('N').Raw(0x87).Op('R').Op('s');
        var dictionary = Assert.Single(CheckpointFile.Parse(CheckpointBuilder.Archive(pickle.Stop(), ("0", new byte[4])), "x.pt"));
        Assert.Equal(["w"], dictionary.Tensors.Keys);
    }

    [Fact]
    public void A_dictionary_that_holds_itself_ends_the_search()
    {
        var pickle = new PickleBuilder().Op('}').Raw((byte)'q', 0).Text("self").Raw((byte)'h', 0).Op('s').Text("w").Tensor("FloatStorage", "0", 1, 0, [1], [1]).Op('s').Stop();
        Assert.Single(CheckpointFile.Parse(CheckpointBuilder.Archive(pickle, ("0", new byte[4])), "x.pt"));
    }

    private static SafeTensor One(string storage, long elements, byte[] values, long offset, long[] shape, long[] strides)
    {
        var pickle = new PickleBuilder().Op('}').Text("t").Tensor(storage, "0", elements, offset, shape, strides).Op('s').Stop();
        return Assert.Single(CheckpointFile.Parse(CheckpointBuilder.Archive(pickle, ("0", values)), "x.pt")).Tensors["t"].Read();
    }
}
