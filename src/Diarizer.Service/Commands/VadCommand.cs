using System.CommandLine;
using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Service.Models;
using Diarizer.Service.Output;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer vad</c>: the speech probability of every 10 ms.</summary>
internal static class VadCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "A recording, or stdin:." };
        var frames = new Option<string>("--frames") { Description = "NumPy file to write: float32, one value for every 10 ms.", HelpName = "OUT.npy", Required = true };
        var command = new Command("vad", "Writes the probability of speech for every 10 ms of a recording.") { input, frames, SharedOptions.ModelDirectory };
        command.SetAction(async (parsed, cancel) =>
        {
            using var model = VoiceActivityModel.Load(ModelFolder.Open(parsed.GetValue(SharedOptions.ModelDirectory)).Find(ModelKind.VoiceActivity).Path);
            using var detector = model.CreateDetector();
            var probabilities = await DetectAsync(detector, parsed.GetValue(input)!, cancel);
            NpyFile.Write(parsed.GetValue(frames)!, probabilities.ToArray());
            Console.WriteLine($"{probabilities.Count} frames of 10 ms, {100.0 * probabilities.Count(p => p >= 0.5f) / Math.Max(1, probabilities.Count):F1} % speech");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<List<float>> DetectAsync(IVoiceActivityDetector detector, string input, CancellationToken cancel)
    {
        using var capture = Capture.Start(AudioSources.Open(input));
        var probabilities = new List<float>();
        var buffer = new float[SampleClock.Rate];
        while (await capture.ReadAsync(buffer, cancel) is { EndOfStream: false } read)
        {
            for (var lost = read.Gap; lost > 0; lost -= buffer.Length)
                detector.Push(new float[Math.Min(lost, buffer.Length)], probabilities);
            detector.Push(buffer.AsSpan(0, read.Samples), probabilities);
        }

        detector.Finish(probabilities);
        return probabilities;
    }
}
