using Diarizer.Mqtt.Commands;

namespace Diarizer.Service.Control;

/// <summary><c>session/start</c>: ends the session of a stream, if one runs, and begins another with nobody known.</summary>
public sealed class SessionStartCommand(StreamDirectory streams)
    : Command<StreamRequest, SessionResult>("session/start", ControlJson.Default.StreamRequest, ControlJson.Default.SessionResult)
{
    /// <inheritdoc/>
    protected override async Task<SessionResult> ExecuteAsync(StreamRequest data, CancellationToken cancellationToken)
    {
        var session = await streams.Find(data.Stream).StartSessionAsync().WaitAsync(cancellationToken);
        return new(session.Stream, session.SessionId);
    }
}
