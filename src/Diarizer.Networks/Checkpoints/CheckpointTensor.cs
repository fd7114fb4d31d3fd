using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Diarizer.Networks.Models;

namespace Diarizer.Networks.Checkpoints;

/// <summary>One tensor of a checkpoint. Its shape is known at once; its values are read when asked for.</summary>
public sealed class CheckpointTensor
{
    /// <summary>The most dimensions.</summary>
    internal const int MostDimensions = 8;

    private readonly CheckpointStorage _storage;
    private readonly long _offset;
    private readonly long[] _shape;
    private readonly long[] _strides;

    private CheckpointTensor(CheckpointStorage storage, long offset, long[] shape, long[] strides) => (_storage, _offset, _shape, _strides) = (storage, offset, shape, strides);

    /// <summary>Element type in the file.</summary>
    public ElementType Type => _storage.Type;

    /// <summary>Sizes; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>Number of elements.</summary>
    public long Count => _shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>A view of a storage, checked to lie within it.</summary>
    /// <exception cref="CheckpointDefectException">It does not, or it repeats elements: then a small file could fill the memory.</exception>
    internal static CheckpointTensor View(CheckpointStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Any(size => size is < 0 or > int.MaxValue) || strides.Any(stride => stride is < 0 or > int.MaxValue) || offset < 0)
            throw new CheckpointDefectException("it has a tensor of an impossible shape; it is damaged");
        Int128 count = 1, last = offset;
        for (int i = 0; i < shape.Length; i++)
        {
            count = Int128.Min(count * shape[i], long.MaxValue);
            last += (Int128)(shape[i] - 1) * strides[i];
        }
        if (shape.Contains(0) ? offset > storage.Count : last >= storage.Count)
            throw new CheckpointDefectException($"a tensor of shape [{string.Join(", ", shape)}] reaches beyond its {storage.Count} stored elements; it is damaged");
        if (!shape.Contains(0) && count > storage.Count)
            throw new CheckpointDefectException($"a tensor of shape [{string.Join(", ", shape)}] repeats its {storage.Count} stored elements; save it anew with contiguous tensors");
        return new CheckpointTensor(storage, offset, shape, strides);
    }

    /// <summary>Reads the values in row-major order. 64-bit floats are rounded to 32 bits, integers and truth values become 64-bit integers.</summary>
    public SafeTensor Read()
    {
        var bytes = Gather();
        return Type switch
        {
            ElementType.F32 => new SafeTensor(SafeTensorType.F32, _shape, bytes),
            ElementType.F16 => new SafeTensor(SafeTensorType.F16, _shape, bytes),
            ElementType.BF16 => new SafeTensor(SafeTensorType.BF16, _shape, bytes),
            ElementType.I64 => new SafeTensor(SafeTensorType.I64, _shape, bytes),
            ElementType.F64 => SafeTensor.FromSingles(Rounded(MemoryMarshal.Cast<byte, double>(bytes.Span)), _shape),
            _ => new SafeTensor(SafeTensorType.I64, _shape, MemoryMarshal.AsBytes(Widened(bytes.Span).AsSpan()).ToArray()),
        };
    }

    private static float[] Rounded(ReadOnlySpan<double> values)
    {
        var singles = new float[values.Length];
        TensorPrimitives.ConvertTruncating(values, singles);
        return singles;
    }

    private long[] Widened(ReadOnlySpan<byte> bytes)
    {
        int size = Type.Size();
        var values = new long[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            var element = bytes.Slice(i * size, size);
            values[i] = Type switch
            {
                ElementType.I32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                ElementType.I16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                ElementType.I8 => (sbyte)element[0],
                _ => element[0],
            };
        }
        return values;
    }

    /// <summary>The elements' bytes in row-major order.</summary>
    private ReadOnlyMemory<byte> Gather()
    {
        int size = Type.Size();
        long count = Count;
        var storage = _storage.Read();
        if (IsContiguous())
            return storage.Slice(checked((int)(_offset * size)), checked((int)(count * size)));
        var gathered = new byte[checked(count * size)];
        var index = new long[_shape.Length];
        long at = _offset;
        for (long i = 0; i < count; i++)
        {
            storage.Span.Slice(checked((int)(at * size)), size).CopyTo(gathered.AsSpan(checked((int)(i * size))));
            for (int d = index.Length - 1; d >= 0; d--)
            {
                at += _strides[d];
                if (++index[d] < _shape[d])
                    break;
                at -= _strides[d] * _shape[d];
                index[d] = 0;
            }
        }
        return gathered;
    }

    private bool IsContiguous()
    {
        long expected = 1;
        for (int d = _shape.Length - 1; d >= 0; d--)
        {
            if (_shape[d] != 1 && _strides[d] != expected)
                return false;
            expected *= _shape[d];
        }
        return true;
    }
}
