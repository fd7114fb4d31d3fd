using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>Writes pickles opcode by opcode, proper ones and others.</summary>
internal sealed class PickleBuilder
{
    private readonly MemoryStream _bytes = new();

    public PickleBuilder(int protocol = 2) => Raw(0x80, (byte)protocol);

    public byte[] Bytes => _bytes.ToArray();

    public PickleBuilder Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleBuilder Op(char opcode) => Raw((byte)opcode);

    public PickleBuilder Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return Op('X').Int32(bytes.Length).Raw(bytes);
    }

    public PickleBuilder Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleBuilder Number(long value)
    {
        if (value is >= 0 and < 256)
            return Op('K').Raw((byte)value);
        if (value is >= int.MinValue and <= int.MaxValue)
            return Op('J').Int32((int)value);
        var bytes = new BigInteger(value).ToByteArray();
        return Raw(0x8a, (byte)bytes.Length).Raw(bytes);
    }

    public PickleBuilder Numbers(IEnumerable<long> values)
    {
        Op('(');
        foreach (long value in values)
            Number(value);
        return Op('t');
    }

    /// <summary>A call of _rebuild_tensor_v2 on a storage.</summary>
    public PickleBuilder Tensor(string storageClass, string key, long elements, long offset, long[] shape, long[] strides)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Storage(storageClass, key, elements);
        Number(offset).Numbers(shape).Numbers(strides);
        Raw(0x89);
        return Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');
    }

    public PickleBuilder Storage(string storageClass, string key, long elements) =>
        Op('(').Text("storage").Global("torch", storageClass).Text(key).Text("cpu").Number(elements).Op('t').Op('Q');

    public byte[] Stop() => Op('.').Bytes;

    private PickleBuilder Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }
}
