using System.Runtime.InteropServices;
using Diarizer.Networks.Devices;

namespace Diarizer.Training.Commands;

/// <summary>
/// Settings of the C library that training gains a quarter of its speed from on a small machine: activations of tens of megabytes are reused instead of going back to the
/// system at every step, and OpenMP's threads wait for each other a moment before they sleep. What the environment sets stays.
/// </summary>
internal static partial class NativeHeap
{
    private const int TrimThreshold = -1, MapThreshold = -3, ArenaMax = -8;
    private const int LargestBlock = 32 << 20; // the most that glibc takes for M_MMAP_THRESHOLD

    /// <summary>Takes effect when it comes before the tensor library is loaded; does nothing where the C library is another.</summary>
    public static void KeepLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            Set("MALLOC_ARENA_MAX", ArenaMax, 1);
            Set("MALLOC_MMAP_THRESHOLD_", MapThreshold, LargestBlock);
            Set("MALLOC_TRIM_THRESHOLD_", TrimThreshold, int.MaxValue);
            NativeEnvironment.Set("GOMP_SPINCOUNT", "1000000", overwrite: false);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Not glibc: training is slower, and right.
        }
    }

    private static void Set(string variable, int parameter, int value)
    {
        if (Environment.GetEnvironmentVariable(variable) is null)
            _ = Option(parameter, value);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Option(int parameter, int value);
}
