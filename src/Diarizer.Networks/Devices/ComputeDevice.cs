using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Devices;

/// <summary>Where embeddings are computed.</summary>
public static class ComputeDevice
{
    /// <summary>The device for a user's choice.</summary>
    /// <param name="choice"><c>auto</c> (a GPU where there is one), <c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="UserErrorException">Another word, or a GPU is asked for and none is usable.</exception>
    public static Device Choose(string choice = "auto") => choice?.ToUpperInvariant() switch
    {
        "AUTO" => cuda.is_available() ? Exact(CUDA) : CPU,
        "CPU" => CPU,
        "CUDA" when cuda.is_available() => Exact(CUDA),
        "CUDA" => throw new UserErrorException(
            "The device cuda was asked for but libtorch sees no usable GPU; install a CUDA build of libtorch and the NVIDIA driver, or choose auto or cpu."),
        _ => throw new UserErrorException($"The device '{choice}' is unknown; choose auto, cpu or cuda."),
    };

    /// <summary>Sets how many threads one operation may use; holds for the whole process when it comes before everything else that computes.</summary>
    /// <param name="threads">1 to 256; 0 leaves libtorch's own choice.</param>
    /// <exception cref="UserErrorException">Out of bounds.</exception>
    public static void SetThreads(int threads)
    {
        if (threads is < 0 or > 256)
            throw new UserErrorException($"The number of compute threads is {threads}; it must be 0 (automatic) to 256.");
        if (threads == 0)
            return;
        NativeThreads.Limit(threads);
        set_num_threads(threads);
    }

    private static Device Exact(Device gpu)
    {
        // Convolutions in TF32 would move embeddings by about 1e-3, enough to decide a close call otherwise than the CPU does.
        backends.cudnn.allow_tf32 = false;
        return gpu;
    }
}
