using System.CommandLine;
using System.Globalization;
using Diarizer.Audio;
using Diarizer.Audio.Files;
using Diarizer.Streaming.Scoring;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Conversations;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Spectre.Console;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train simulate CONFIG --out FOLDER</c>.</summary>
internal sealed class SimulateCommand
{
    private const int LongestMinutes = 120, MostRecordings = 100_000;

    private readonly Argument<string> _config = new("CONFIG") { Description = "A run's JSON file with a segmentation.conversation section, such as training/segmentation.json" };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of the data; wins over data.root of the configuration" };
    private readonly Option<string> _target = new("--out") { Description = "Folder that gets a .wav, a .rttm and a .uem for each conversation", Required = true };
    private readonly Option<int> _count = new("--count") { Description = "Number of conversations", DefaultValueFactory = _ => 10 };
    private readonly Option<double> _minutes = new("--minutes") { Description = "Length of each", DefaultValueFactory = _ => 5 };
    private readonly Option<bool> _validation = new("--validation-speakers") { Description = "Lets the speakers talk that training splits off for validation" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of all random draws; the configuration's by default" };
    private readonly Option<string[]> _compare = new("--compare") { Description = "RTTM files or folders of them, whose statistics are printed beside", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _cache = CommonOptions.Cache();

    public static Command Create()
    {
        var own = new SimulateCommand();
        var command = new Command("simulate", "Makes conversations of single-speaker recordings: audio, who talks when, and the statistics of it")
        {
            own._config, own._data, own._target, own._count, own._minutes, own._validation, own._seed, own._compare, own._cache,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => own.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        int count = parsed.GetValue(_count);
        double minutes = parsed.GetValue(_minutes);
        if (count is < 1 or > MostRecordings || minutes is not (>= 0.05 and <= LongestMinutes))
            throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--count is {count} and --minutes {minutes}; give 1 to {MostRecordings} and 0.05 to {LongestMinutes}."));
        string configuration = parsed.GetValue(_config)!;
        var run = ConfigurationFile.Read(configuration);
        if (run.Segmentation is not { Conversation: var options })
            throw new UserErrorException($"{configuration} has no section segmentation; give a configuration like training/segmentation.json.");
        var compared = parsed.GetValue(_compare)!.Select(Statistics).ToList();
        var data = TrainingData.Open(run, CommonOptions.DataRoot(parsed.GetValue(_data), run, configuration), new PcmCache(parsed.GetValue(_cache)!), Console.Error.WriteLine, cancellation);
        var speech = parsed.GetValue(_validation) ? data.Validation : data.Training;
        if (speech.Speakers.Count < options.Speakers[1])
            throw new UserErrorException($"The data has {speech.Speakers.Count} speakers for a conversation of up to {options.Speakers[1]}; lower segmentation.conversation.speakers or give more data.");
        var rooms = Room.Load(data.Noises, options.Room);
        var maker = new ConversationMaker(options, speech, data.Noises, rooms);
        string folder = parsed.GetValue(_target)!;
        Directory.CreateDirectory(folder);
        var recordings = Make(maker, folder, count, minutes, parsed.GetValue(_seed) ?? run.Seed, cancellation);
        Print([ConversationStatistics.Of("simulated", recordings), .. compared]);
        Console.WriteLine($"wrote {count} conversations to {folder}");
        return 0;
    }

    private static List<(IReadOnlyList<SpeakerSegment>, double)> Make(ConversationMaker maker, string folder, int count, double minutes, long seed, CancellationToken cancellation)
    {
        var samples = new float[SampleClock.FromSeconds(60 * minutes)];
        var labels = new byte[samples.Length / SampleClock.Hop];
        var recordings = new List<(IReadOnlyList<SpeakerSegment>, double)>();
        AnsiConsole.Progress().HideCompleted(true).Start(context =>
        {
            var bar = context.AddTask("conversations", maxValue: count);
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var random = new SeededRandom(seed, i, -1);
                maker.Make(samples, labels, ref random);
                string name = $"conversation{i + 1:0000}";
                var segments = LabelSegments.Of(name, labels);
                Write(Path.Combine(folder, name), name, samples, segments);
                recordings.Add((segments, SampleClock.ToSeconds(samples.Length)));
                bar.Increment(1);
            }
        });
        return recordings;
    }

    private static void Write(string path, string name, float[] samples, IReadOnlyList<SpeakerSegment> segments)
    {
        WavWriter.WriteMono(path + ".wav", samples);
        using (var rttm = new StreamWriter(path + ".rttm"))
            Rttm.Write(rttm, segments);
        File.WriteAllText(path + ".uem", string.Create(CultureInfo.InvariantCulture, $"{name} 1 0.000 {SampleClock.ToSeconds(samples.Length):F3}\n"));
    }

    /// <summary>The statistics of RTTM files; a recording is as long as the .uem beside it says, else to its last segment.</summary>
    private static ConversationStatistics Statistics(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.rttm").Order(StringComparer.Ordinal)] : [path];
        var recordings = new List<(IReadOnlyList<SpeakerSegment>, double)>();
        foreach (string file in files)
        {
            if (!File.Exists(file))
                throw new UserErrorException($"--compare {file} does not exist; give RTTM files or folders of them.");
            using var reader = new StreamReader(file);
            var segments = Rttm.Read(reader, file);
            foreach (var group in segments.GroupBy(s => s.Recording, StringComparer.Ordinal))
                recordings.Add(([.. group], Length(Path.ChangeExtension(file, ".uem"), group.Key) ?? group.Max(s => s.End)));
        }
        return recordings.Count > 0 ? ConversationStatistics.Of(path, recordings) : throw new UserErrorException($"--compare {path} holds no RTTM; give files or folders of them.");
    }

    private static double? Length(string uem, string recording)
    {
        if (!File.Exists(uem))
            return null;
        using var reader = new StreamReader(uem);
        return Uem.Read(reader, uem).TryGetValue(recording, out var regions) ? regions.Sum(r => r.Length) : null;
    }

    private static void Print(IReadOnlyList<ConversationStatistics> statistics) => new ResultTable<ConversationStatistics>(
        ("", s => s.Name),
        ("recordings", s => Show(s.Recordings, "0")),
        ("minutes", s => Show(s.Seconds / 60, "0.0")),
        ("speakers", s => Show(s.Speakers, "0.0")),
        ("silence %", s => Show(100 * s.Silence, "0.0")),
        ("overlap %", s => Show(100 * s.Overlap, "0.0")),
        ("turns/min", s => Show(s.TurnsPerMinute, "0.0")),
        ("median s", s => Show(s.TurnMedian, "0.00")),
        ("mean s", s => Show(s.TurnMean, "0.00")),
        ("< 0.7 s %", s => Show(100 * s.ShortTurns, "0")),
        ("pause s", s => Show(s.PauseMedian, "0.00")),
        ("changes/min", s => Show(s.Changes, "0.0"))).Print(statistics, json: false);

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
