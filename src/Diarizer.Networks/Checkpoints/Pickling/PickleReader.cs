using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Diarizer.Networks.Checkpoints.Pickling;

/// <summary>Reads the arguments of opcodes; every read is checked against the end of the data.</summary>
internal sealed class PickleReader(ReadOnlyMemory<byte> data)
{
    /// <summary>The longest string or byte string, in bytes.</summary>
    public const int LongestText = 1 << 20;

    private const int LongestLine = 1_024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="CheckpointDefectException">Fewer are left.</exception>
    public ReadOnlyMemory<byte> Take(long count)
    {
        if (count < 0 || count > data.Length - Position)
            throw new CheckpointDefectException("it ends too early; it is truncated or damaged");
        var taken = data.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    public byte ReadByte() => Take(1).Span[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span);

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8).Span);

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span);

    /// <summary>An integer in two's complement: a <see cref="long"/> where it fits, else a <see cref="BigInteger"/>.</summary>
    public object ReadInteger(int bytes)
    {
        var value = new BigInteger(Take(bytes).Span);
        if (value >= long.MinValue && value <= long.MaxValue)
            return (long)value;
        return value;
    }

    public string ReadText(long bytes)
    {
        if (bytes > LongestText)
            throw new CheckpointDefectException($"it holds a text of {bytes} bytes, above the {LongestText} that are read");
        try
        {
            return Utf8.GetString(Take(bytes).Span);
        }
        catch (ArgumentException)
        {
            throw new CheckpointDefectException("it holds a text that is not UTF-8; it is damaged");
        }
    }

    /// <summary>Text up to the end of its line.</summary>
    public string ReadLine()
    {
        var rest = data.Span[Position..];
        int length = rest[..Math.Min(rest.Length, LongestLine)].IndexOf((byte)'\n');
        if (length < 0)
            throw new CheckpointDefectException("a line of it has no end; it is truncated or damaged");
        string line = ReadText(length);
        Position++;
        return line;
    }
}
