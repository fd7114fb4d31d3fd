using System.Runtime.InteropServices;

namespace Diarizer.Audio.Tests.Alsa;

/// <summary>ALSA with devices that need no hardware. libasound reads its configuration once a process, so there is one for all tests.</summary>
public sealed partial class AlsaConfiguration : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AlsaConfiguration()
    {
        File.WriteAllBytes(_folder["ramp.raw"], Ramp);
        File.WriteAllText(
            _folder["asound.conf"],
            $$"""
            pcm.silence { type null hint { show on description "Silence for tests" } }
            pcm.recording { type file slave.pcm { type null } file "/dev/null" infile "{{_folder["ramp.raw"]}}" format "raw" }
            pcm.server { type pulse server "unix:{{PulseSocket}}" device "room.monitor" }
            pcm.converted { type plug slave { pcm { type null } rate 48000 channels 2 format S16_LE } }
            """);
        // Not Environment.SetEnvironmentVariable, which changes only what managed code sees.
        Assert.Equal(0, SetEnvironment("ALSA_CONFIG_PATH", _folder["asound.conf"], 1));
    }

    /// <summary>Two seconds of mono at 16 kHz as 32-bit float (what is asked for first): sample n is n / 32768.</summary>
    public static byte[] Ramp { get; } = [.. MemoryMarshal.AsBytes(Enumerable.Range(0, 32_000).Select(n => n / 32_768f).ToArray().AsSpan())];

    /// <summary>Where <c>alsa:server</c> expects a PulseAudio whose sink <c>room</c> it hears.</summary>
    public string PulseSocket => _folder["pulse"];

    /// <summary>A folder for files of the tests.</summary>
    internal TemporaryFolder Folder => _folder;

    public void Dispose() => _folder.Dispose();

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}

[CollectionDefinition(nameof(AlsaCollection))]
public class AlsaCollection : ICollectionFixture<AlsaConfiguration>;
