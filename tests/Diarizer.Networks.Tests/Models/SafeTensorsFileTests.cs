using System.Buffers.Binary;
using System.Text;
using Diarizer.Networks.Models;

namespace Diarizer.Networks.Tests.Models;

public sealed class SafeTensorsFileTests
{
    private const string Good = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.safetensors");
        SafeTensorsFile.Write(path, new Dictionary<string, SafeTensor>
        {
            ["b.weight"] = SafeTensor.FromSingles([1, -2.5f, 3e-20f, float.MaxValue, 0, 7], 2, 3),
            ["a"] = SafeTensor.HalvesFromSingles([0.5f, 1f / 3], 2),
            ["scalar"] = new(SafeTensorType.I64, [], BitConverter.GetBytes(-42L)),
            ["none"] = SafeTensor.FromSingles([], 0, 4),
        });
        var read = SafeTensorsFile.Read(path);
        Assert.Equal(["a", "b.weight", "none", "scalar"], read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1, -2.5f, 3e-20f, float.MaxValue, 0, 7], read["b.weight"].ToSingles());
        Assert.Equal([2, 3], read["b.weight"].Shape);
        Assert.Equal(1f / 3, read["a"].ToSingles()[1], 1e-3);
        Assert.Equal([-42f], read["scalar"].ToSingles());
        Assert.Empty(read["none"].ToSingles());
        Assert.Equal(["x.safetensors"], folder.Names);
    }

    [Fact]
    public void Upper_halves_of_floats_are_widened()
    {
        var file = Compose("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"__metadata__":{"format":"pt"}}""", [0xC0, 0x3F, 0x00, 0xC0]);
        Assert.Equal([1.5f, -2f], SafeTensorsFile.Parse(file, "x")["a"].ToSingles());
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("/no/such.safetensors", Assert.Throws<UserErrorException>(() => SafeTensorsFile.Read("/no/such.safetensors")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", "the tensor a is there twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "4 bytes at its end belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "4 bytes before the tensor a belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "lies at bytes 0 to 12 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "lies at bytes 8 to 0 of 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "shape [3] and type F32 does not fill its 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,16],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "elements of type F64")]
    [InlineData("""{"a":{"dtype":"1","shape":[2],"data_offsets":[0,8]}}""", "elements of type 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "lacks a proper dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", "lacks a proper dtype")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "lacks a proper dtype")]
    [InlineData("""{"a":7}""", "lacks a proper dtype")]
    [InlineData("""[1]""", "not a JSON object")]
    [InlineData("""{"a":""", "not valid JSON")]
    public void Each_defect_of_a_header_has_its_sentence(string header, string expected) => Refuse(Compose(header, new byte[8]), expected);

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        var whole = Compose(Good, new byte[8]);
        SafeTensorsFile.Parse(whole, "x");
        for (int length = 0; length < whole.Length; length++)
            Refuse(whole[..length], "x");
    }

    [Fact]
    public void An_absurd_header_length_is_refused_without_reading_on()
    {
        var file = Compose(Good, new byte[8]);
        BinaryPrimitives.WriteUInt64LittleEndian(file, ulong.MaxValue);
        Refuse(file, "its header claims 18446744073709551615 bytes");
        Refuse(Encoding.UTF8.GetBytes("this is a text, not weights"), "its header claims");
    }

    [Fact]
    public void Random_damage_never_ends_in_another_exception()
    {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++)
        {
            var file = Compose(Good, new byte[8]);
            for (int k = 0; k < 3; k++)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                SafeTensorsFile.Parse(file, "x");
            }
            catch (UserErrorException)
            {
            }
        }
    }

    private static void Refuse(byte[] file, string expected)
    {
        string message = Assert.Throws<UserErrorException>(() => SafeTensorsFile.Parse(file, "x")).Message;
        Assert.StartsWith("The weights file x is unusable: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static byte[] Compose(string header, byte[] values)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. values];
    }
}
