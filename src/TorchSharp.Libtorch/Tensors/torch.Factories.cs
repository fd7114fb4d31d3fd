using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    private static readonly Op OpZeros = new("zeros"), OpOnes = new("ones"), OpEmpty = new("empty", "memory_format"), OpFull = new("full"), OpRand = new("rand"),
        OpRandn = new("randn"), OpRandperm = new("randperm"), OpArange = new("arange", "start_step"), OpEye = new("eye"), OpLinspace = new("linspace");

    public static Tensor zeros(params long[] size) => Fill(OpZeros, size, null, null, false);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpZeros, size, dtype, device, requires_grad);

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpZeros, [size], dtype, device, requires_grad);

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpZeros, [rows, columns], dtype, device, requires_grad);

    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpZeros, [dim0, dim1, dim2], dtype, device, requires_grad);

    public static Tensor ones(params long[] size) => Fill(OpOnes, size, null, null, false);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpOnes, size, dtype, device, requires_grad);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpOnes, [size], dtype, device, requires_grad);

    public static Tensor empty(params long[] size) => Fill(OpEmpty, size, null, null, false);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpEmpty, size, dtype, device, requires_grad);

    public static Tensor rand(params long[] size) => Fill(OpRand, size, null, null, false);

    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpRand, size, dtype, device, requires_grad);

    public static Tensor randn(params long[] size) => Fill(OpRandn, size, null, null, false);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Fill(OpRandn, size, dtype, device, requires_grad);

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OpFull.Call(size, value, dtype ?? (value.IsFloating ? ScalarType.Float32 : ScalarType.Int64), Arg.Null, device).requires_grad_(requires_grad);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null) => OpRandperm.Call(n, dtype ?? ScalarType.Int64, Arg.Null, device);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null) => arange(0, stop, 1, dtype, device);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null) => arange(start, stop, 1, dtype, device);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null) =>
        OpArange.Call(start, stop, step, dtype, Arg.Null, device);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null) =>
        OpLinspace.Call(start, end, steps, dtype, Arg.Null, device);

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null)
    {
        var square = OpEye.Call(rows, dtype, Arg.Null, device);
        return columns < 0 || columns == rows ? square : square.narrow(1, 0, columns);
    }

    public static Tensor tensor(float scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<double>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>([scalar], [], dtype, device, requires_grad);

    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<double>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<int>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<bool>(rawArray, [rawArray.Length], dtype, device, requires_grad);

    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<float>(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<long>(rawArray, dimensions, dtype, device, requires_grad);

    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        From<double>(rawArray, dimensions, dtype, device, requires_grad);

    private static Tensor Fill(Op op, long[] size, ScalarType? dtype, Device? device, bool requiresGrad)
    {
        var result = op.Call(size, dtype ?? ScalarType.Float32, Arg.Null, device);
        return requiresGrad ? result.requires_grad_() : result;
    }

    private static unsafe Tensor From<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        long count = 1;
        foreach (var size in sizes) count *= size;
        if (count != values.Length) throw new ArgumentException($"{values.Length} values do not fill a tensor of shape [{string.Join(", ", sizes.ToArray())}].");

        nint handle;
        fixed (byte* data = MemoryMarshal.AsBytes(values))
        fixed (long* shape = sizes)
        {
            Bridge.Check(Bridge.tl_from_data(data, shape, sizes.Length, (int)ScalarTypeOf<T>(), out handle));
        }

        var result = new Tensor(handle);
        if (dtype is { } type && type != result.dtype) result = result.to(type, disposeAfter: true);
        if (device is { type: DeviceType.CUDA }) result = result.to(device, disposeAfter: true);
        return requiresGrad ? result.requires_grad_() : result;
    }
}
