using Diarizer.Mqtt.Commands;

namespace Diarizer.Service.Control;

/// <summary><c>stream/mute</c> and <c>stream/unmute</c>: throws the audio of a stream away unheard, or hears it again.</summary>
/// <param name="streams">The streams.</param>
/// <param name="mute">Which of the two it is.</param>
public sealed class StreamMuteCommand(StreamDirectory streams, bool mute)
    : Command<StreamRequest, StreamResult>(mute ? "stream/mute" : "stream/unmute", ControlJson.Default.StreamRequest, ControlJson.Default.StreamResult)
{
    /// <inheritdoc/>
    protected override async Task<StreamResult> ExecuteAsync(StreamRequest data, CancellationToken cancellationToken)
    {
        var stream = streams.Find(data.Stream);
        return new(stream.Stream, await stream.SetMutedAsync(mute).WaitAsync(cancellationToken));
    }
}
