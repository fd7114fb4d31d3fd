using Diarizer.Mqtt.Commands;
using Microsoft.Extensions.Logging;

namespace Diarizer.Fuzz.Targets;

/// <summary>Keeps the fault that a dispatcher reports: it answers with a sentence and goes on.</summary>
internal sealed class FaultLog : ILogger<CommandDispatcher>
{
    private string? _fault;

    /// <summary>The fault since the last call; null for none.</summary>
    public string? Take() => Interlocked.Exchange(ref _fault, null);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            _fault = $"{formatter(state, exception)} {exception}";
    }
}
