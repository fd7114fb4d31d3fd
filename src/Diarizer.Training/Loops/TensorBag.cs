using System.Runtime.InteropServices;
using Diarizer.Networks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>Parameters and buffers of a module to and from a safetensors file, bit by bit.</summary>
internal static class TensorBag
{
    public static void Save(string path, nn.Module module)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        SafeTensorsFile.Write(path, module.state_dict().ToDictionary(entry => entry.Key, entry => Store(entry.Value.detach().cpu().contiguous())));
    }

    /// <exception cref="UserErrorException">The file does not fit the module.</exception>
    public static void Load(string path, nn.Module module)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var stored = SafeTensorsFile.Read(path);
        var state = module.state_dict();
        foreach (var (name, target) in state)
        {
            if (!stored.TryGetValue(name, out var source) || !source.Shape.SequenceEqual(target.shape))
                throw new UserErrorException($"The checkpoint {path} does not fit the configuration (at {name}); continue with the configuration it was made with, or start anew with --fresh.");
            Fill(target, source.Data.Span);
        }
    }

    /// <summary>Through the CPU, where the bytes of a tensor can be reached.</summary>
    private static void Fill(Tensor target, ReadOnlySpan<byte> bytes)
    {
        using var scope = NewDisposeScope();
        var host = empty(target.shape, dtype: target.dtype);
        bytes.CopyTo(host.bytes);
        target.copy_(host);
    }

    private static SafeTensor Store(Tensor tensor) =>
        new(tensor.dtype == ScalarType.Int64 ? SafeTensorType.I64 : SafeTensorType.F32, tensor.shape, tensor.bytes.ToArray());
}
