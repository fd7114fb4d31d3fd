using Diarizer.Mqtt.Commands;

namespace Diarizer.Service.Control;

/// <summary><c>stream/unmute</c>: hears a stream again.</summary>
/// <param name="streams">The streams.</param>
public sealed class StreamUnmuteCommand(StreamDirectory streams)
    : Command<StreamRequest, StreamResult>("stream/unmute", ControlJson.Default.StreamRequest, ControlJson.Default.StreamResult)
{
    /// <inheritdoc/>
    protected override async Task<StreamResult> ExecuteAsync(StreamRequest data, CancellationToken cancellationToken)
    {
        var stream = streams.Find(data.Stream);
        return new(stream.Stream, await stream.SetMutedAsync(false).WaitAsync(cancellationToken));
    }
}
