using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>
/// The C functions of <c>native/bridge.cpp</c>. Threading: as in libtorch, tensors may be used from any thread but not mutated from two at
/// once; grad mode and inference mode belong to the thread.
/// </summary>
internal static unsafe partial class Bridge
{
    private const string Library = "torchbridge";

    [LibraryImport(Library)] private static partial nint tl_error();

    [LibraryImport(Library)] private static partial nint tl_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int tl_find(string name, string overload, out nint handle);

    [LibraryImport(Library)] public static partial int tl_call(nint op, Value* arguments, int count, Value* results, int capacity, out int produced);

    [LibraryImport(Library)] public static partial void tl_free(nint tensor);

    [LibraryImport(Library)] public static partial void tl_free_list(nint items);

    [LibraryImport(Library)] public static partial nint tl_alias(nint tensor);

    [LibraryImport(Library)] public static partial long tl_dim(nint tensor);

    [LibraryImport(Library)] public static partial long tl_numel(nint tensor);

    [LibraryImport(Library)] public static partial long tl_size(nint tensor, long dimension);

    [LibraryImport(Library)] public static partial long tl_element_size(nint tensor);

    [LibraryImport(Library)] public static partial int tl_dtype(nint tensor);

    [LibraryImport(Library)] public static partial int tl_device_type(nint tensor);

    [LibraryImport(Library)] public static partial int tl_device_index(nint tensor);

    [LibraryImport(Library)] public static partial int tl_is_contiguous(nint tensor);

    [LibraryImport(Library)] public static partial int tl_requires_grad(nint tensor);

    [LibraryImport(Library)] public static partial int tl_is_leaf(nint tensor);

    [LibraryImport(Library)] public static partial int tl_data(nint tensor, out nint data);

    [LibraryImport(Library)] public static partial int tl_from_data(void* data, long* sizes, int dimensions, int dtype, out nint tensor);

    [LibraryImport(Library)] public static partial int tl_set_requires_grad(nint tensor, int on);

    [LibraryImport(Library)] public static partial int tl_grad(nint tensor, out nint gradient);

    [LibraryImport(Library)] public static partial int tl_set_grad(nint tensor, nint gradient);

    [LibraryImport(Library)] public static partial int tl_set_data(nint tensor, nint source);

    [LibraryImport(Library)] public static partial int tl_backward(nint tensor, nint gradient, int retain);

    [LibraryImport(Library)] public static partial int tl_autograd_grad(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* gradients, int gradientCount, int retain, int create, int allowUnused, nint* results);

    [LibraryImport(Library)] public static partial int tl_grad_enabled();

    [LibraryImport(Library)] public static partial void tl_set_grad_enabled(int on);

    [LibraryImport(Library)] public static partial nint tl_enter_inference(int on);

    [LibraryImport(Library)] public static partial void tl_leave_inference(nint guard);

    [LibraryImport(Library)] public static partial int tl_threads();

    [LibraryImport(Library)] public static partial void tl_set_threads(int count);

    [LibraryImport(Library)] public static partial int tl_seed(long seed);

    [LibraryImport(Library)] public static partial int tl_cuda_available();

    [LibraryImport(Library)] public static partial int tl_cudnn_tf32();

    [LibraryImport(Library)] public static partial int tl_set_cudnn_tf32(int allow);

    [LibraryImport(Library)] public static partial int tl_cuda_device_count();

    [LibraryImport(Library)] public static partial int tl_cuda_synchronize();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int tl_script_load(string path, out nint module);

    [LibraryImport(Library)] public static partial int tl_script_forward(nint module, nint* inputs, int count, out nint result);

    [LibraryImport(Library)] public static partial void tl_script_free(nint module);

    /// <summary>The version of the libtorch that the bridge was compiled against.</summary>
    public static string Version => Marshal.PtrToStringUTF8(tl_version()) ?? "";

    /// <summary>Throws what libtorch said, as TorchSharp does.</summary>
    /// <exception cref="ExternalException"><paramref name="status"/> is not 0.</exception>
    public static void Check(int status)
    {
        if (status != 0) throw new ExternalException(Marshal.PtrToStringUTF8(tl_error()) ?? "libtorch failed without a message");
    }
}
