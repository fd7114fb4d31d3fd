using System.Buffers.Binary;
using System.Text;

namespace Diarizer.Networks.Tests.Onnx;

/// <summary>The fields of a Protocol Buffers message, in order.</summary>
internal sealed class ProtoFields
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtoFields(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            ulong tag = ReadVarint(ref message);
            var (number, bytes) = (0UL, Array.Empty<byte>());
            switch (tag & 7)
            {
                case 0:
                    number = ReadVarint(ref message);
                    break;
                case 2:
                    int length = (int)ReadVarint(ref message);
                    bytes = message[..length].ToArray();
                    message = message[length..];
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message);
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
            _fields.Add(((int)(tag >> 3), number, bytes));
        }
    }

    public IEnumerable<ProtoFields> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => new ProtoFields(f.Bytes));

    public string[] Texts(int field) => [.. _fields.Where(f => f.Field == field).Select(f => Encoding.UTF8.GetString(f.Bytes))];

    public string Text(int field) => Texts(field).Single();

    public long[] Integers(int field) => [.. _fields.Where(f => f.Field == field).Select(f => (long)f.Number)];

    public long Integer(int field) => Integers(field).Single();

    public float Single(int field) => BitConverter.UInt32BitsToSingle((uint)_fields.Single(f => f.Field == field).Number);

    public byte[] Bytes(int field) => _fields.Single(f => f.Field == field).Bytes;

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
