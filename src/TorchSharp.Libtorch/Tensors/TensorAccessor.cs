using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>Typed access to the elements of a tensor on the CPU, in row-major order.</summary>
public sealed class TensorAccessor<T> : IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor) => _tensor = tensor;

    public long Count => _tensor.NumberOfElements;

    public T this[params long[] indices]
    {
        get => Span[Offset(indices)];
        set => Span[Offset(indices)] = value;
    }

    private Span<T> Span => MemoryMarshal.Cast<byte, T>(_tensor.bytes);

    public T[] ToArray()
    {
        if (_tensor.is_contiguous()) return Span.ToArray();
        using var contiguous = _tensor.contiguous();
        return MemoryMarshal.Cast<byte, T>(contiguous.bytes).ToArray();
    }

    public void CopyTo(Span<T> destination)
    {
        if (_tensor.is_contiguous())
        {
            Span.CopyTo(destination);
            return;
        }

        using var contiguous = _tensor.contiguous();
        MemoryMarshal.Cast<byte, T>(contiguous.bytes).CopyTo(destination);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Offset(long[] indices)
    {
        var shape = _tensor.shape;
        long offset = 0;
        for (var i = 0; i < indices.Length; i++) offset = (offset * shape[i]) + indices[i];
        return checked((int)offset);
    }
}
