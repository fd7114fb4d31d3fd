using System.CommandLine;
using System.Text.Json;
using Diarizer.Training.Configuration;
using Diarizer.Training.Speakers;
using Diarizer.Training.Throughput;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train speed</c>.</summary>
internal static class SpeedCommand
{
    private const double Seconds = 2;

    public static Command Create()
    {
        var speakers = new Option<int>("--speakers") { Description = "Speakers of a training batch, with two crops each", DefaultValueFactory = _ => 50 };
        var repetitions = new Option<int>("--repetitions") { Description = "Steps and calls to take the median of", DefaultValueFactory = _ => 9 };
        var precision = new Option<TrunkPrecision>("--precision") { Description = "Number type of the convolutions in training", DefaultValueFactory = _ => TrunkPrecision.Float32 };
        var threads = CommonOptions.Threads();
        var command = new Command("speed", "Measures how fast Fast ResNet-34 trains and embeds crops of 2 s on this machine's processor, and prints JSON: crops and windows a second")
        {
            speakers, repetitions, precision, threads,
        };
        command.SetAction(parsed =>
        {
            CommonOptions.Apply(parsed.GetValue(threads));
            int count = parsed.GetValue(repetitions), n = parsed.GetValue(speakers);
            if (count is < 1 or > 10_000 || n is < 2 or > 10_000)
                throw new UserErrorException($"--speakers is {n} and --repetitions {count}; give 2 to 10000 and 1 to 10000.");
            var result = new
            {
                Training = SpeedTest.Training(n, Seconds, count, parsed.GetValue(precision)),
                InferenceOfOne = SpeedTest.Inference(1, Seconds, 10 * count),
                InferenceOf32 = SpeedTest.Inference(32, Seconds, count),
            };
            Console.WriteLine(JsonSerializer.Serialize(result, ConfigurationFile.Json));
            return 0;
        });
        return command;
    }
}
