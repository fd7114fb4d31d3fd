using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Diarizer.Mqtt.Commands;

/// <summary>Something that a node can be told to do: one small class each, added to a <see cref="CommandRegistry"/>. Most derive from <see cref="Command{TData,TResult}"/>.</summary>
public interface ICommand
{
    /// <summary>Its name and the end of its topic, such as <c>stream/mute</c>: segments of <c>[a-z0-9_-]</c>.</summary>
    string Name { get; }

    /// <summary>True when it may take seconds. Commands run one after another in the order of their arrival, those that take long in a queue of their own.</summary>
    bool RunsLong => false;

    /// <summary>Record of the request's <c>data</c>, for the documentation; null when there is none.</summary>
    JsonTypeInfo? DataType => null;

    /// <summary>Record of the response's <c>data</c>, for the documentation; null when there is none.</summary>
    JsonTypeInfo? ResultType => null;

    /// <summary>Does it.</summary>
    /// <param name="data">The <c>data</c> of the request; of kind <see cref="JsonValueKind.Undefined"/> when there was none.</param>
    /// <param name="cancellationToken">The node stops.</param>
    /// <returns>The <c>data</c> of the response; null for none.</returns>
    /// <exception cref="UserErrorException">It cannot be done and nothing was changed; the sender gets the message.</exception>
    Task<JsonElement?> ExecuteAsync(JsonElement data, CancellationToken cancellationToken);
}
