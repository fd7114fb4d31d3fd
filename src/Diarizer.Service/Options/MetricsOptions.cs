namespace Diarizer.Service.Options;

/// <summary>Who gets the daemon's measurements besides whoever asks <c>/metrics</c>.</summary>
public sealed record MetricsOptions
{
    /// <summary>False: nothing is collected, and <c>/metrics</c> is not there.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>An OpenTelemetry collector that measurements are sent to, such as <c>http://localhost:4317</c>; null: none.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>What the collector speaks.</summary>
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>Time from one sending to the next, 1 s to an hour.</summary>
    public TimeSpan OtlpInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>All that is wrong, one sentence each.</summary>
    /// <param name="path">The configuration key of this record.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (OtlpInterval < TimeSpan.FromSeconds(1) || OtlpInterval > TimeSpan.FromHours(1))
            yield return $"{path}:OtlpInterval is {OtlpInterval.TotalSeconds} s; it must be from 1 to 3600.";
        if (string.IsNullOrEmpty(OtlpEndpoint))
            yield break;
        if (!Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            yield return $"{path}:OtlpEndpoint must be a URL such as http://localhost:4317.";
        else if (uri.UserInfo.Length > 0)
            yield return $"{path}:OtlpEndpoint must not hold an account; give its header in the environment variable OTEL_EXPORTER_OTLP_HEADERS.";
    }
}

/// <summary>What an OpenTelemetry collector speaks.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC, usually on port 4317.</summary>
    Grpc,

    /// <summary>Protocol buffers over HTTP, usually on port 4318.</summary>
    Http,
}
