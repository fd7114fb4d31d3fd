namespace Diarizer.Networks.Devices;

/// <summary>
/// The number of threads that OpenMP and BLAS take on every thread that calls them. libtorch's own setting holds for the calling thread only where it hands work to oneDNN or OpenBLAS: elsewhere these
/// start a thread for each core, which wait for each other by spinning and cost a busy machine several times the work.
/// </summary>
internal static class NativeThreads
{
    private static readonly string[] Variables = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];

    /// <summary>Takes effect when it comes before the tensor library is loaded; does nothing on other systems than Linux.</summary>
    /// <param name="threads">At least 1.</param>
    public static void Limit(int threads)
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var variable in Variables)
            NativeEnvironment.Set(variable, FormattableString.Invariant($"{threads}"), overwrite: true);
    }
}
