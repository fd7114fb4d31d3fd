using System.Buffers.Binary;
using System.Text;

namespace Diarizer.Networks.Onnx;

/// <summary>
/// A message in the wire format of Protocol Buffers, written field by field. The eight message types of ONNX that an export needs are a page of calls;
/// the classes that a compiler would make of the whole schema are thousands of lines.
/// </summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0, Fixed32 = 5, Delimited = 2;

    private readonly MemoryStream _bytes = new();

    public ProtoMessage Integer(int field, long value)
    {
        Tag(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    public ProtoMessage Integers(int field, IEnumerable<long> values)
    {
        foreach (long value in values)
            Integer(field, value);
        return this;
    }

    public ProtoMessage Single(int field, float value)
    {
        Tag(field, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtoMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoMessage Texts(int field, IEnumerable<string> values)
    {
        foreach (string value in values)
            Text(field, value);
        return this;
    }

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value._bytes.GetBuffer().AsSpan(0, (int)value._bytes.Length));

    public ProtoMessage Messages(int field, IEnumerable<ProtoMessage> values)
    {
        foreach (var value in values)
            Message(field, value);
        return this;
    }

    public byte[] ToArray() => _bytes.ToArray();

    private void Tag(int field, int wireType) => WriteVarint((ulong)(field << 3 | wireType));

    private void WriteVarint(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
