using System.Diagnostics;
using Diarizer.Audio.Files;
using Diarizer.Audio.Sources;
using Diarizer.Audio.Tests.Network;

namespace Diarizer.Audio.Tests.Alsa;

/// <summary>A sound server behind ALSA's plugin: a real PulseAudio with a sink of its own, and paplay. Skipped where they are not installed.</summary>
[Collection(nameof(AlsaCollection))]
public class PulseAudioTests(AlsaConfiguration configuration)
{
    private const int Rate = 16_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_is_played_is_heard()
    {
        Assert.SkipUnless(
            Directory.EnumerateFiles("/usr/lib", "libasound_module_pcm_pulse.so", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true }).Any(),
            "libasound2-plugins is not installed.");
        using var server = StartServer();
        WavWriter.WriteMono(configuration.Folder["tone.wav"], Tone.Sine(440, Rate, 20 * Rate));
        using var source = AudioSources.Open("alsa:server");
        Assert.Equal(1, source.Format.Channels);
        using var player = SenderProgram.Start("paplay", "--server", "unix:" + configuration.PulseSocket, "--device", "room", configuration.Folder["tone.wav"]);
        var (amplitude, residual) = HearTone(source);
        Assert.InRange(amplitude, 0.48, 0.52);
        Assert.InRange(residual, -200, -40);
    }

    /// <summary>The first second of which each part is loud: what a busy machine lets drop out is left to the server.</summary>
    private static (double Amplitude, double Residual) HearTone(IAudioSource source)
    {
        var (heard, buffer, clock) = (new List<float>(), new float[1600], Stopwatch.StartNew());
        var best = (Amplitude: 0.0, Residual: 0.0);
        while (clock.Elapsed < Patience && best.Residual > -40)
        {
            heard.AddRange(buffer.AsSpan(0, source.Read(buffer).Frames));
            if (heard.Count < Rate / 4) continue;
            best = Tone.Fit(heard.ToArray(), 440, source.Format.SampleRate) is var fit && double.IsFinite(fit.ResidualDb) ? fit : default;
            heard.Clear();
        }

        return best;
    }

    private SenderProgram StartServer()
    {
        var script = configuration.Folder["server.pa"];
        File.WriteAllText(script, $"load-module module-null-sink sink_name=room rate={Rate} channels=1\nload-module module-native-protocol-unix auth-anonymous=1 socket={configuration.PulseSocket}\n");
        var server = SenderProgram.Start("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes", "-F", script);
        for (var clock = Stopwatch.StartNew(); !File.Exists(configuration.PulseSocket); Thread.Sleep(20))
            Assert.True(clock.Elapsed < Patience, "PulseAudio did not start.");
        return server;
    }
}
