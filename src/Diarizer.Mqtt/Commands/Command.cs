using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Diarizer.Mqtt.Commands;

/// <summary>
/// A command whose request and response are records. Fields that the record does not have are refused, <c>required</c> ones must be there, and optional
/// ones are nullable: generated readers do not keep the initial value of an <c>init</c> property.
/// </summary>
/// <typeparam name="TData">Record of the request's <c>data</c>.</typeparam>
/// <typeparam name="TResult">Record of the response's <c>data</c>.</typeparam>
/// <param name="name">See <see cref="ICommand.Name"/>.</param>
/// <param name="data">How the request is read, from a generated context with the options of <see cref="CommandJson"/>.</param>
/// <param name="result">How the response is written.</param>
public abstract class Command<TData, TResult>(string name, JsonTypeInfo<TData> data, JsonTypeInfo<TResult> result) : ICommand
    where TData : class
    where TResult : class
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public virtual bool RunsLong => false;

    /// <inheritdoc/>
    public JsonTypeInfo DataType => data;

    /// <inheritdoc/>
    public JsonTypeInfo ResultType => result;

    /// <inheritdoc/>
    async Task<JsonElement?> ICommand.ExecuteAsync(JsonElement given, CancellationToken cancellationToken)
    {
        var answer = await ExecuteAsync(CommandData.Read(given, data), cancellationToken).ConfigureAwait(false);
        return JsonSerializer.SerializeToElement(answer, result);
    }

    /// <summary>Does it.</summary>
    /// <param name="data">What was asked for.</param>
    /// <param name="cancellationToken">The node stops.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="UserErrorException">It cannot be done and nothing was changed; the sender gets the message.</exception>
    protected abstract Task<TResult> ExecuteAsync(TData data, CancellationToken cancellationToken);
}
