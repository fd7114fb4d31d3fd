using System.Runtime.InteropServices;

namespace Diarizer.Audio.Native;

/// <summary>Turns a missing shared library into a sentence that says which package brings it.</summary>
internal static class NativeLibraries
{
    /// <summary>Makes sure that <paramref name="file"/> can be loaded before the first call into it.</summary>
    /// <param name="file">The run-time name, such as <c>libsndfile.so.1</c>.</param>
    /// <param name="name">What people call it, such as <c>libsndfile</c>.</param>
    /// <param name="package">The Debian package.</param>
    /// <exception cref="UserErrorException">It is not installed.</exception>
    public static void Require(string file, string name, string package)
    {
        // The handle is kept for good: the generated stubs load the same library again and share it.
        if (!NativeLibrary.TryLoad(file, typeof(NativeLibraries).Assembly, null, out _))
            throw new UserErrorException($"{name} is not installed; run ./setup.sh or apt-get install {package}.");
    }
}
