using System.IO.Compression;
using Diarizer.Networks.Checkpoints;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>Files that would run code, fill the memory or never end, and files that are merely broken.</summary>
public sealed class HostileCheckpointTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    public void A_name_beyond_the_list_is_refused_by_name(string module, string name)
    {
        byte[] call = new PickleBuilder().Global(module, name).Text("id").Raw(0x85).Op('R').Stop();
        Refuse(CheckpointBuilder.Archive(call), $"it holds {module}.{name}, which is neither a tensor nor plain data");
        Refuse(CheckpointBuilder.Sequence(call), $"it holds {module}.{name}, which is neither a tensor nor plain data");
        byte[] later = new PickleBuilder(4).Text(module).Text(name).Raw(0x93).Stop();
        Refuse(CheckpointBuilder.Archive(later), $"it holds {module}.{name}, ");
    }

    [Fact]
    public void A_name_is_shown_without_control_characters() =>
        Refuse(CheckpointBuilder.Archive(new PickleBuilder().Global("a\u001b[2J", new string('b', 900)).Stop()), $"it holds a?[2J.{new string('b', 80)}, which");

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "its pickle is malformed", new PickleBuilder().Stop() },
        { "its pickle is malformed", new PickleBuilder().Op('(').Stop() },
        { "its pickle is malformed", new PickleBuilder().Op('t').Stop() },
        { "its pickle is malformed", new PickleBuilder().Raw((byte)'h', 3).Stop() },
        { "its pickle is malformed", new PickleBuilder().Op('N').Op('N').Op('a').Stop() },
        { "its pickle is malformed", new PickleBuilder().Op('}').Op('(').Text("k").Op('u').Stop() },
        { "its pickle is malformed", new PickleBuilder().Op(')').Op(')').Op('R').Stop() },
        { "its pickle is malformed", new PickleBuilder().Op('N').Op('}').Op('b').Stop() },
        { "its pickle is malformed", new PickleBuilder().Global("torch", "FloatStorage").Op(')').Op('R').Stop() },
        { "its pickle has the opcode 0x69", new PickleBuilder().Op('i').Stop() },
        { "its pickle is of no protocol", new PickleBuilder(9).Stop() },
        { "it ends too early", new PickleBuilder().Op('}').Bytes },
        { "it ends too early", new PickleBuilder().Op('B').Raw(0xff, 0xff, 0xff, 0x7f).Stop() },
        { "a text of 4294967295 bytes", new PickleBuilder().Op('X').Raw(0xff, 0xff, 0xff, 0xff).Stop() },
        { "a text that is not UTF-8", new PickleBuilder().Op('U').Raw(1, 0xff).Stop() },
        { "a line of it has no end", new PickleBuilder().Op('c').Raw([.. Enumerable.Repeat((byte)'x', 5_000)]).Stop() },
        { "a reference to its stored values is malformed", new PickleBuilder().Op(')').Op('Q').Stop() },
        { "it claims -1 elements", new PickleBuilder().Storage("FloatStorage", "0", -1).Stop() },
        { "it claims 4611686018427387904 elements", new PickleBuilder().Storage("FloatStorage", "0", 1L << 62).Stop() },
        { "its call of collections.OrderedDict", new PickleBuilder().Global("collections", "OrderedDict").Op(']').Raw(0x85).Op('R').Stop() },
        { "its call of torch._utils._rebuild_parameter", new PickleBuilder().Global("torch._utils", "_rebuild_parameter").Op(')').Op('R').Stop() },
        { "two sizes or types", new PickleBuilder().Op('(').Storage("FloatStorage", "0", 1).Storage("HalfStorage", "0", 1).Op('t').Stop() },
        { "its archive lacks the entry data/9", Tensor("9", 1, 0, [1], [1]) },
        { "the entry data/0 of its archive has 4 bytes instead of 8", Tensor("0", 2, 0, [1], [1]) },
        { "reaches beyond its 1 stored elements", Tensor("0", 1, 1, [1], [1]) },
        { "reaches beyond its 1 stored elements", Tensor("0", 1, 0, [2], [1]) },
        { "reaches beyond its 1 stored elements", Tensor("0", 1, 0, [2_147_483_647, 2_147_483_647, 2_147_483_647], [2_147_483_647, 2_147_483_647, 2_147_483_647]) },
        { "repeats its 1 stored elements", Tensor("0", 1, 0, [1_000_000, 1_000_000], [0, 0]) },
        { "an impossible shape", Tensor("0", 1, 0, [-1], [1]) },
        { "an impossible shape", Tensor("0", 1, 0, [1], [-1]) },
        { "an impossible shape", Tensor("0", 1, -1, [1], [1]) },
        { "an impossible shape", Tensor("0", 1, 0, [1, 1], [1]) },
        { "a tensor of 9 dimensions", Tensor("0", 1, 0, [1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1]) },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public void A_malformed_pickle_is_refused(string expected, byte[] pickle) => Refuse(CheckpointBuilder.Archive(pickle, ("0", new byte[4])), expected);

    [Fact]
    public void A_pickle_that_goes_on_and_on_is_cut_short()
    {
        byte[] steps = new PickleBuilder().Raw([.. Enumerable.Repeat((byte)']', 3_000_000)]).Stop();
        Refuse(CheckpointBuilder.Archive(steps), "more than the 2000000 steps");
        var texts = new PickleBuilder();
        for (int i = 0; i < 70; i++)
            texts.Op('B').Raw(0, 0, 16, 0).Raw(new byte[1 << 20]);
        Refuse(CheckpointBuilder.Archive(texts.Stop()), "longer than the 67108864 bytes");
    }

    [Fact]
    public void Doubling_over_and_over_costs_nothing()
    {
        // A list of two of the list before, forty times: 2^40 items for whoever walks it, forty lists for us.
        var pickle = new PickleBuilder().Op(']').Raw((byte)'q', 0);
        for (byte i = 0; i < 40; i++)
            pickle.Op(']').Raw((byte)'q', (byte)(i + 1)).Op('(').Raw((byte)'h', i).Raw((byte)'h', i).Op('e');
        Assert.Empty(CheckpointFile.Parse(CheckpointBuilder.Archive(pickle.Stop()), "x.pt"));
        // The same with dictionaries, each in two places of the next.
        pickle = new PickleBuilder().Op('}').Raw((byte)'q', 0);
        for (byte i = 0; i < 40; i++)
            pickle.Op('}').Raw((byte)'q', (byte)(i + 1)).Op('(').Text("a").Raw((byte)'h', i).Text("b").Raw((byte)'h', i).Op('u');
        Assert.Empty(CheckpointFile.Parse(CheckpointBuilder.Archive(pickle.Stop()), "x.pt"));
    }

    [Fact]
    public void A_broken_or_foreign_archive_is_refused()
    {
        byte[] pickle = new PickleBuilder().Op('}').Stop();
        byte[] file = CheckpointBuilder.Archive(pickle);
        Refuse(file[..^30], "its archive cannot be read");
        Refuse(CheckpointBuilder.Zip([("readme", [])]), "it is a zip archive but has no data.pkl");
        Refuse(CheckpointBuilder.Zip([("a/data.pkl", pickle), ("a/data.pkl", pickle)]), "two entries of its archive have one name");
        Refuse(CheckpointBuilder.Zip([("a/data.pkl", pickle), ("a/constants.pkl", pickle)]), "it is a TorchScript module");
        Refuse(CheckpointBuilder.Zip([("a/data.pkl", pickle), ("a/byteorder", "big"u8.ToArray())]), "its values are big endian");
        Refuse(CheckpointBuilder.Zip([("a/data.pkl", new byte[50_000_000])], CompressionLevel.Optimal), "its archive is compressed");
    }

    [Fact]
    public void A_broken_or_foreign_sequence_is_refused()
    {
        byte[] pickle = Tensor("0", 1, 0, [1], [1]);
        Refuse(CheckpointBuilder.Sequence(pickle), "it lacks the values of its storage 0");
        Refuse(CheckpointBuilder.Sequence(pickle, ("0", 2, new byte[8])), "its list of storages does not fit");
        Refuse(CheckpointBuilder.Sequence(pickle, ("1", 1, new byte[4])), "its list of storages does not fit");
        Refuse(CheckpointBuilder.Sequence(pickle, ("0", 1, new byte[3])), "it ends too early");
        Refuse(new PickleBuilder().Op('}').Stop(), "it is a pickle, but not one of PyTorch's");
        Refuse([], "it is neither a zip archive nor a pickle");
        Refuse("ustar"u8.ToArray(), "it is neither a zip archive nor a pickle");
    }

    [Fact]
    public void A_missing_file_is_said()
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<UserErrorException>(() => CheckpointFile.Read(folder.File("none.pt"))).Message;
        Assert.Contains("none.pt cannot be read", message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is done to a file, it is read or refused in one sentence, within the memory that the file itself takes.</summary>
    [Fact]
    public void Mutations_are_read_or_refused()
    {
        var random = new Random(5);
        byte[] pickle = new PickleBuilder().Op('}').Op('(').Text("m").Op('}').Text("w").Tensor("FloatStorage", "0", 6, 1, [2, 2], [2, 1]).Op('s').Text("n").Number(70_000).Op('u').Stop();
        byte[][] files = [CheckpointBuilder.Archive(pickle, ("0", new byte[24])), CheckpointBuilder.Sequence(pickle, ("0", 6, new byte[24]))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        int refused = 0;
        const int rounds = 20_000;
        for (int round = 0; round < rounds; round++)
        {
            byte[] file = Mutated([.. files[round % 2]], random);
            try
            {
                foreach (var tensor in CheckpointFile.Parse(file, "x.pt").SelectMany(dictionary => dictionary.Tensors.Values))
                    tensor.Read();
            }
            catch (UserErrorException e)
            {
                refused++;
                Assert.StartsWith("The checkpoint x.pt is unusable: ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
        }
        Assert.InRange(refused, rounds / 4, rounds - 1);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / rounds, 0, 200_000);
    }

    private static byte[] Mutated(byte[] file, Random random)
    {
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(file.Length);
            switch (random.Next(4))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = (byte)random.Next(256);
                    break;
                case 2:
                    file = [.. file[..at], .. file[Math.Min(file.Length, at + random.Next(1, 9))..], 0];
                    break;
                default:
                    file = [.. file[..at], .. file[random.Next(at + 1)..]];
                    break;
            }
        }
        return file;
    }

    private static byte[] Tensor(string key, long elements, long offset, long[] shape, long[] strides) =>
        new PickleBuilder().Op('}').Text("t").Tensor("FloatStorage", key, elements, offset, shape, strides).Op('s').Stop();

    private static void Refuse(byte[] file, string expected)
    {
        string message = Assert.Throws<UserErrorException>(() => CheckpointFile.Parse(file, "x.pt")).Message;
        Assert.StartsWith("The checkpoint x.pt is unusable: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }
}
