using System.Text.Json;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tuning;

/// <summary>
/// Scores on disk, a line of JSON each, so that a search that was stopped goes on where it was. The first line says what they are scores of: other recordings,
/// models or settings to begin with make them worthless.
/// </summary>
internal sealed class SearchState : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly Lock _writing = new();

    private SearchState(StreamWriter writer) => _writer = writer;

    /// <summary>Opens a state file, or begins one, and hands over what is in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What the scores are of.</param>
    /// <param name="names">Names of the recordings.</param>
    /// <param name="evaluations">Gets the scores, and gives those to come.</param>
    /// <exception cref="UserErrorException">It cannot be used, or is of something else.</exception>
    public static SearchState Open(string path, string identity, IReadOnlyList<string> names, Evaluations evaluations)
    {
        try
        {
            var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
            var good = lines.Length == 0 ? [] : Read(path, lines, identity, names, evaluations);
            // Written anew, so that a line that a killed program left unfinished does not stay in the middle.
            File.WriteAllLines(path + ".part", good.Prepend(JsonSerializer.Serialize(new { search = 1, of = identity })));
            File.Move(path + ".part", path, overwrite: true);
            var state = new SearchState(new StreamWriter(path, append: true) { AutoFlush = true });
            evaluations.Computed += (candidate, recording, score) => state.Write(candidate, names[recording], score);
            return state;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be used ({e.Message.TrimEnd('.')}); choose another place for --resume.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
            _writer.Dispose();
    }

    private static List<string> Read(string path, string[] lines, string identity, IReadOnlyList<string> names, Evaluations evaluations)
    {
        var places = names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i);
        if (!IsOf(lines[0], identity))
            throw new UserErrorException($"{path} is not the state of a search over these recordings with these models, settings and program; give another file, or delete it to begin anew.");
        var good = new List<string>();
        foreach (var line in lines.Skip(1))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                var entry = document.RootElement;
                evaluations.TakeOver(
                    entry.GetProperty("settings").GetString()!,
                    places[entry.GetProperty("recording").GetString()!],
                    new RecordingScore(Errors(entry.GetProperty("live")), Errors(entry.GetProperty("corrected"))));
                good.Add(line);
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
            {
                // A line that was cut off costs one score.
            }
        }

        return good;
    }

    private static bool IsOf(string line, string identity)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("of", out var of) && of.GetString() == identity;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static DiarizationErrors Errors(JsonElement seconds) =>
        new(seconds[0].GetDouble(), seconds[1].GetDouble(), seconds[2].GetDouble(), seconds[3].GetDouble());

    private static double[] Seconds(DiarizationErrors errors) => [errors.Speech, errors.Missed, errors.FalseAlarm, errors.Confusion];

    private void Write(Candidate candidate, string recording, RecordingScore score)
    {
        var line = JsonSerializer.Serialize(new { recording, settings = candidate.Key, live = Seconds(score.Live), corrected = Seconds(score.Corrected) });
        lock (_writing)
            _writer.WriteLine(line);
    }
}
