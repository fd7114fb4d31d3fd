using System.Runtime.InteropServices;

namespace Diarizer.Networks.Devices;

/// <summary>The environment as native libraries see it: the framework's own call changes a copy.</summary>
public static partial class NativeEnvironment
{
    /// <summary>Sets a variable; libraries that read it when they are loaded must not be loaded yet.</summary>
    /// <param name="name">Of the variable.</param>
    /// <param name="value">What it becomes.</param>
    /// <param name="overwrite">False to leave what is set already.</param>
    /// <exception cref="DllNotFoundException">There is no C library of Unix.</exception>
    public static void Set(string name, string value, bool overwrite) => _ = SetVariable(name, value, overwrite ? 1 : 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
