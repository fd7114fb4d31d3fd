using Diarizer.Mqtt;
using Diarizer.Service.Identity;
using Diarizer.Service.Web;
using Diarizer.Streaming;

namespace Diarizer.Service.Options;

/// <summary>Everything that can be set for the daemon: the <c>Diarizer</c> section of <c>appsettings.json</c>, <c>DIARIZER__…</c> variables and flags.</summary>
public sealed record DiarizerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Diarizer";

    /// <summary>The folder with the networks (<c>*.safetensors</c> and their cards); null: <c>models</c> beside the executable.</summary>
    public string? Models { get; init; }

    /// <summary><c>auto</c> (CUDA where it can be used), <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads that one network call may use, 1 to 64.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where the daemon keeps what must outlive it; null: see <see cref="Options.StateDirectory"/>. Each daemon needs its own.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>What to listen to; at least one.</summary>
    public IReadOnlyList<StreamOptions> Streams { get; init; } = [];

    /// <summary>How windows of several streams are embedded together.</summary>
    public EmbeddingOptions Embedding { get; init; } = new();

    /// <summary>The diarization core of every stream.</summary>
    public PipelineOptions Diarization { get; init; } = new();

    /// <summary>How people are enrolled.</summary>
    public EnrolmentSettings Enrolment { get; init; } = new();

    /// <summary>The broker that events go to.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>The live page.</summary>
    public WebOptions Web { get; init; } = new();

    /// <summary>How log lines look; their levels are set under <c>Logging</c>.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Who gets the daemon's measurements.</summary>
    public MetricsOptions Metrics { get; init; } = new();

    /// <summary>All that is wrong, one sentence each; empty when nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Device is not ("auto" or "cpu" or "cuda"))
            yield return $"{Section}:Device is \"{Device}\"; it must be auto, cpu or cuda.";
        if (Threads is < 1 or > 64)
            yield return $"{Section}:Threads is {Threads}; it must be from 1 to 64.";
        if (Streams.Count == 0)
            yield return "There is nothing to listen to; add an entry to Diarizer:Streams or give --source URI.";
        for (var i = 0; i < Streams.Count; i++)
        {
            foreach (var problem in Streams[i].Validate($"{Section}:Streams:{i}"))
                yield return problem;
        }

        foreach (var twice in Streams.GroupBy(s => s.Name).Where(g => g.Count() > 1))
            yield return $"{twice.Count()} streams are called \"{twice.Key}\"; give each its own Name.";
        foreach (var problem in Embedding.Validate($"{Section}:Embedding"))
            yield return problem;
        foreach (var problem in Diarization.Validate())
            yield return $"{Section}:Diarization:{problem}";
        foreach (var problem in Enrolment.Validate($"{Section}:Enrolment"))
            yield return problem;
        foreach (var problem in Web.Validate($"{Section}:Web"))
            yield return problem;
        foreach (var problem in Metrics.Validate($"{Section}:Metrics"))
            yield return problem;
        if (ProblemOf(Mqtt) is { } mqttProblem)
            yield return $"{Section}:{mqttProblem}";
    }

    private static string? ProblemOf(MqttOptions mqtt)
    {
        try
        {
            mqtt.Validate();
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }
}
