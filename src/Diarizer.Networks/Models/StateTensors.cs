using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Models;

/// <summary>Parameters and buffers of a network to and from named tensors.</summary>
internal static class StateTensors
{
    public static Dictionary<string, SafeTensor> Export(nn.Module network, bool halfPrecision)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var tensors = new Dictionary<string, SafeTensor>(StringComparer.Ordinal);
        foreach (var (name, value) in network.state_dict())
        {
            var host = value.detach().cpu().contiguous();
            var bytes = host.bytes;
            tensors.Add(name, host.dtype switch
            {
                ScalarType.Int64 => new SafeTensor(SafeTensorType.I64, host.shape, bytes.ToArray()),
                ScalarType.Float32 when halfPrecision => SafeTensor.HalvesFromSingles(MemoryMarshal.Cast<byte, float>(bytes), host.shape),
                ScalarType.Float32 => new SafeTensor(SafeTensorType.F32, host.shape, bytes.ToArray()),
                _ => throw new NotSupportedException($"The tensor {name} has elements of type {host.dtype}."),
            });
        }
        return tensors;
    }

    /// <summary>Copies tensors into a network on the CPU; names and shapes must be exactly those of the network.</summary>
    public static void Import(nn.Module network, IReadOnlyDictionary<string, SafeTensor> tensors, string file)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var state = network.state_dict();
        Check(state, tensors, file);
        foreach (var (name, target) in state)
        {
            var source = tensors[name];
            if (target.dtype == ScalarType.Int64)
                target.bytes = MemoryMarshal.AsBytes(Integers(source).AsSpan());
            else
                target.bytes = MemoryMarshal.AsBytes(Singles(source, name, file).AsSpan());
        }
    }

    private static void Check(Dictionary<string, Tensor> state, IReadOnlyDictionary<string, SafeTensor> tensors, string file)
    {
        foreach (var (name, target) in state.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            if (!tensors.TryGetValue(name, out var source))
                throw new UserErrorException($"The weights file {file} lacks the tensor {name} of shape {Show(target.shape)}; it belongs to another network or version.");
            if (!source.Shape.SequenceEqual(target.shape))
                throw new UserErrorException(
                    $"The tensor {name} in the weights file {file} has shape {Show(source.Shape)} where {Show(target.shape)} is expected; it belongs to another network or version.");
        }
        foreach (string name in tensors.Keys.Order(StringComparer.Ordinal))
        {
            if (!state.ContainsKey(name))
                throw new UserErrorException(
                    $"The weights file {file} has an unexpected tensor {name} of shape {Show(tensors[name].Shape)}; it belongs to another network or version.");
        }
    }

    private static float[] Singles(SafeTensor source, string name, string file)
    {
        var values = source.ToSingles();
        return values.All(float.IsFinite)
            ? values
            : throw new UserErrorException($"The tensor {name} in the weights file {file} holds values that are not finite; its training diverged, take another model.");
    }

    private static long[] Integers(SafeTensor source) => source.Type == SafeTensorType.I64
        ? MemoryMarshal.Cast<byte, long>(source.Data.Span).ToArray()
        : [.. source.ToSingles().Select(value => (long)value)];

    private static string Show(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
