namespace Diarizer.Service.Tests.Telemetry;

/// <summary>Tests that make the daemon's meter run one after another: a collector hears every meter of that name in the process.</summary>
[CollectionDefinition(Name)]
public sealed class MeterCollection
{
    public const string Name = "meter";
}
