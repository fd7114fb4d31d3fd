using Diarizer.Mqtt.Commands;

namespace Diarizer.Service.Control;

/// <summary><c>session/end</c>: ends the session of a stream; it listens again after <c>session/start</c>.</summary>
public sealed class SessionEndCommand(StreamDirectory streams)
    : Command<StreamRequest, SessionResult>("session/end", ControlJson.Default.StreamRequest, ControlJson.Default.SessionResult)
{
    /// <inheritdoc/>
    protected override async Task<SessionResult> ExecuteAsync(StreamRequest data, CancellationToken cancellationToken)
    {
        var session = await streams.Find(data.Stream).EndSessionAsync().WaitAsync(cancellationToken);
        return new(session.Stream, session.SessionId);
    }
}
