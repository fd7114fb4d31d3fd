using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Diarizer.Service.Commands;
using Diarizer.Service.Hosting;
using Diarizer.Service.Models;
using Diarizer.Service.Options;
using Diarizer.Streaming;

namespace Diarizer.Service.Tuning;

/// <summary>A search from the folder to the configuration file.</summary>
internal static class TuningRun
{
    /// <summary>Searches, tells what it finds, and writes what holds on held-out recordings.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="output">Gets what is found.</param>
    /// <param name="cancel">Ends the search; what was found stands.</param>
    /// <returns>What was found; null when no round was finished.</returns>
    /// <exception cref="UserErrorException">Something in the request, the folder or the files cannot be used.</exception>
    public static async Task<SearchResult?> RunAsync(TuningRequest request, TextWriter output, CancellationToken cancel)
    {
        request.Check();
        var space = request.Space is { } file ? SearchSpace.Read(file) : SearchSpace.Default();
        var start = StartOf(request);
        var corpus = ReadCorpus(request.Folder);
        var recordings = corpus.Recordings;
        var models = LoadedModels.Load(request.Models, request.Device ?? "auto", new DiarizerOptions().Threads);
        await using var pipeline = new TuningPipeline(models, recordings, request.Cache, request.Jobs);
        var evaluations = new Evaluations(recordings.Count, pipeline.ScoreAsync, request.Objective, new Neighbours(space, request.Neighbours, request.Seed), request.Jobs);
        using var state = request.State is { } path ? SearchState.Open(path, Identity(start, recordings, models), [.. recordings.Select(r => r.Name)], evaluations) : null;

        var folds = Math.Min(request.Folds, recordings.Count);
        output.WriteLine($"{recordings.Count} recordings in {folds} folds, {space.Parameters.Count} options, {request.Rounds} rounds of {HalvingSearch.Width} trials{(evaluations.Count > 0 ? $"; {evaluations.Count} scores known" : "")}");
        var limit = request.Minutes > 0 ? TimeSpan.FromMinutes(request.Minutes) : TimeSpan.MaxValue;
        var printer = new TuningPrinter(output, request.Rounds, limit);
        evaluations.Computed += (_, _, _) => printer.Scored(evaluations.Count);
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (request.Minutes > 0)
            timed.CancelAfter(limit);
        var search = new CrossValidatedSearch(space, evaluations, start, folds, request.Seed);
        var result = await search.RunAsync(request.Rounds, r => printer.Advanced(r, evaluations.Count), timed.Token);
        if (result is null)
        {
            output.WriteLine("No round was finished; nothing was found. Give it more time, or a --resume file to go on from.");
            return null;
        }

        await TellAsync(request, result, evaluations, printer, output, cancel);
        Save(request, result, output);
        return result;
    }

    private static PipelineOptions StartOf(TuningRequest request) =>
        request.Configuration is { } given ? OptionsLoader.LoadForCommand(given).Diarization
        : File.Exists(request.Output) ? OptionsLoader.LoadForCommand(request.Output).Diarization
        : new PipelineOptions();

    private static TuningCorpus ReadCorpus(string folder)
    {
        var corpus = TuningCorpus.Read(folder);
        if (corpus.Recordings.Count < 2)
            throw new UserErrorException($"{folder} holds a single recording with an RTTM; two or more are needed, so that settings can be judged on one that they were not chosen with.");
        if (corpus.Without.Count > 0)
            CommandLine.Complain($"{corpus.Without.Count} audio {(corpus.Without.Count == 1 ? "file is" : "files are")} named in no RTTM and left out, such as {corpus.Without[0]}.");
        return corpus;
    }

    // A score depends on all of this, and on the candidate.
    private static string Identity(PipelineOptions start, IReadOnlyList<TuningRecording> recordings, LoadedModels models)
    {
        var text = new StringBuilder();
        text.Append(ProductVersion.Current).Append(JsonSerializer.Serialize(start)).AppendJoin(' ', models.Info.Select(m => m.Sha256));
        foreach (var recording in recordings)
        {
            using var audio = File.OpenRead(recording.Path);
            text.Append(CultureInfo.InvariantCulture, $"{recording.Name} {Convert.ToHexString(SHA256.HashData(audio))}");
            text.AppendJoin(' ', recording.Reference).AppendJoin(' ', recording.Regions ?? []);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static async Task TellAsync(
        TuningRequest request, SearchResult result, Evaluations evaluations, TuningPrinter printer, TextWriter output, CancellationToken cancel)
    {
        IReadOnlyList<Worth> worths = [];
        try
        {
            worths = await Worth.OfAsync(result, evaluations, evaluations.Tried(), cancel);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("stopped; what each setting is worth was not measured");
        }

        printer.Found(result, worths);
        if (request.Chart is { } chart && worths.Count > 0)
            WriteChart(chart, WorthChart.Draw(worths, FormattableString.Invariant($"{100 * result.StartRate:0.0} % before, {100 * result.InSample:0.0} % in sample, {100 * result.HeldOut:0.0} % held out")));
    }

    private static void WriteChart(string path, string picture)
    {
        try
        {
            File.WriteAllText(path, picture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({e.Message.TrimEnd('.')}); choose another place for --chart.", e);
        }
    }

    private static void Save(TuningRequest request, SearchResult result, TextWriter output)
    {
        output.WriteLine();
        if (result.Best.Changes.Count == 0)
        {
            output.WriteLine("Nothing better than the settings to begin with was found.");
            return;
        }

        if (!result.IsBetter && !request.Force)
        {
            output.WriteLine("On held-out recordings what is found in this way is no better than the settings to begin with, so nothing is written; --force writes it all the same.");
            return;
        }

        if (request.Output is not { } path)
        {
            output.WriteLine(SettingsFile.ToJson(result.Best.Changes));
            return;
        }

        SettingsFile.Write(path, MissingIn(path, result.Best.Options));
        output.WriteLine($"Written to {path}; use it with: diarizer run --config {path}");
    }

    // All in which what was found differs from what the file says, or would say by leaving it out; the start may have come from elsewhere.
    private static IEnumerable<(OptionPath Path, double Value)> MissingIn(string path, PipelineOptions found)
    {
        var present = File.Exists(path) ? OptionsLoader.LoadForCommand(path).Diarization : new PipelineOptions();
        return OptionPath.All().Select(p => (Path: p, Value: p.Get(found))).Where(s => s.Value != s.Path.Get(present));
    }
}
