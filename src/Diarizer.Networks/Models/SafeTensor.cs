using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Diarizer.Networks.Models;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes; empty for a scalar.</param>
/// <param name="Data">Row-major, little endian.</param>
public sealed record SafeTensor(SafeTensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>A tensor of 32-bit floats.</summary>
    public static SafeTensor FromSingles(ReadOnlySpan<float> values, params IReadOnlyList<long> shape) =>
        new(SafeTensorType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A tensor of 16-bit floats, rounded from 32-bit ones.</summary>
    public static SafeTensor HalvesFromSingles(ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return new(SafeTensorType.F16, shape, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
    }

    /// <summary>The values as 32-bit floats; integers beyond 2^24 lose digits.</summary>
    public float[] ToSingles()
    {
        var data = Data.Span;
        var values = new float[checked((int)Count)];
        switch (Type)
        {
            case SafeTensorType.F32:
                MemoryMarshal.Cast<byte, float>(data).CopyTo(values);
                break;
            case SafeTensorType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(data), values);
                break;
            case SafeTensorType.BF16:
                for (int i = 0; i < values.Length; i++)
                    values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * i)..]) << 16);
                break;
            default:
                for (int i = 0; i < values.Length; i++)
                    values[i] = BinaryPrimitives.ReadInt64LittleEndian(data[(8 * i)..]);
                break;
        }
        return values;
    }
}
