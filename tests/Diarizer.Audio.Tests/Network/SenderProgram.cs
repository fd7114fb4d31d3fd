using System.Diagnostics;

namespace Diarizer.Audio.Tests.Network;

/// <summary>A program of the distribution that sends audio. Tests skip where it is not installed.</summary>
internal sealed class SenderProgram : IDisposable
{
    private readonly Process _process;

    private SenderProgram(string program, string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;

    public static SenderProgram Start(string program, params string[] arguments)
    {
        Assert.SkipUnless(Exists(program), $"{program} is not installed.");
        return new(program, arguments);
    }

    public static bool Exists(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
