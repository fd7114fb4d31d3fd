using Diarizer.Mqtt.Commands;

namespace Diarizer.Service.Control;

/// <summary><c>stream/mute</c>: throws the audio of a stream away unheard; with <c>muted: false</c> it is the same as <c>stream/unmute</c>, for switches that have one topic.</summary>
/// <param name="streams">The streams.</param>
public sealed class StreamMuteCommand(StreamDirectory streams)
    : Command<MuteRequest, StreamResult>("stream/mute", ControlJson.Default.MuteRequest, ControlJson.Default.StreamResult)
{
    /// <inheritdoc/>
    protected override async Task<StreamResult> ExecuteAsync(MuteRequest data, CancellationToken cancellationToken)
    {
        var stream = streams.Find(data.Stream);
        return new(stream.Stream, await stream.SetMutedAsync(data.Muted ?? true).WaitAsync(cancellationToken));
    }
}
