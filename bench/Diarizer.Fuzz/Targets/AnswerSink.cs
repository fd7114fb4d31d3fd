using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Fuzz.Targets;

/// <summary>Waits for the answer to a command.</summary>
internal sealed class AnswerSink : IMessageSink, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _answered = new(0);
    private MqttMessage? _answer;

    public void Publish(MqttMessage message)
    {
        _answer = message;
        _answered.Release();
    }

    /// <summary>Forgets what came.</summary>
    /// <exception cref="FuzzException">More answers came than were waited for.</exception>
    public void Clear()
    {
        if (_answered.CurrentCount > 0)
            throw new FuzzException("a second answer to one command");
        _answer = null;
    }

    public MqttMessage Wait() => _answered.Wait(Patience) ? _answer! : throw new FuzzException("no answer");

    public void Dispose() => _answered.Dispose();
}
