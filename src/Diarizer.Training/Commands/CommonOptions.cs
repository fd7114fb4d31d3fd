using System.CommandLine;
using Diarizer.Networks.Devices;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Commands;

/// <summary>What several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string> Cache() =>
        new("--cache") { Description = "Folder of decoded audio, filled when needed", DefaultValueFactory = _ => Path.Combine("cache", "pcm") };

    public static Option<int> Threads() =>
        new("--threads") { Description = "Threads of the tensor library; 0 for as many as there are cores", DefaultValueFactory = _ => 0 };

    /// <summary>Sets the tensor library's threads.</summary>
    public static void Apply(int threads)
    {
        if (threads is < 0 or > 256)
            throw new UserErrorException($"--threads is {threads}; give 0 to 256.");
        ComputeDevice.SetThreads(threads);
    }

    /// <summary>The data folder: the option, else the configuration's, relative to its file.</summary>
    public static string DataRoot(string? given, RunOptions options, string configuration)
    {
        if (given is null && options.Data.Root.Length == 0)
            throw new UserErrorException("No data folder is known; give it with --data, or data.root in the configuration.");
        string root = given ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configuration))!, options.Data.Root);
        return Directory.Exists(root) ? root : throw new UserErrorException($"The data folder {root} does not exist; give it with --data.");
    }

    /// <summary>The command as typed, fit for a model's card: without the program's folder and the folders of this machine.</summary>
    public static string CommandLine() => CommandLine(Environment.GetCommandLineArgs().Skip(1));

    internal static string CommandLine(IEnumerable<string> arguments)
    {
        var words = new List<string> { "diarizer-train" };
        string before = "";
        foreach (string argument in arguments)
        {
            if (before is "--data")
                words.AddRange(["--data", "DATA"]);
            else if (!IsPlace(before) && !IsPlace(argument))
                words.Add(argument);
            before = argument;
        }
        return string.Join(' ', words);
    }

    private static bool IsPlace(string option) => option is "--data" or "--run" or "--cache" or "--out";
}
