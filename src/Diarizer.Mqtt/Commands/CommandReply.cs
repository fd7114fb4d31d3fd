using System.Text.Json;
using System.Text.Unicode;
using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Commands;

/// <summary>A command on its way.</summary>
/// <param name="Message">What came.</param>
/// <param name="Name">The end of its topic.</param>
/// <param name="Command">What executes it; null for one that is refused.</param>
/// <param name="Answer">Who waits for the answer; null when it goes to the broker.</param>
internal sealed record CommandCall(MqttMessage Message, string Name, ICommand? Command, TaskCompletionSource<CommandResponse>? Answer = null);

/// <summary>Reads the envelope of commands and addresses their responses.</summary>
internal sealed class CommandReply(Topics topics, string discoveryPrefix)
{
    private const int LongestTransaction = 256;
    private const string Invalid = "invalid";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The end of the request's topic.</summary>
    public string CommandOf(MqttMessage message)
    {
        var prefix = topics.Request("");
        return message.Topic.StartsWith(prefix, StringComparison.Ordinal) ? message.Topic[prefix.Length..] : Invalid;
    }

    /// <summary>Reads the envelope; nothing at all counts as <c>{}</c>.</summary>
    /// <exception cref="UserErrorException">It is not what it should be.</exception>
    public static CommandRequest Parse(MqttMessage message)
    {
        if (message.Payload.IsEmpty)
            return new();
        if (!Utf8.IsValid(message.Payload.Span))
            throw new UserErrorException("The command is not UTF-8.");
        try
        {
            CheckEscapes(message.Payload.Span);
            using var json = JsonDocument.Parse(message.Payload, Strict);
            return CommandData.Read(json.RootElement.Clone(), CommandJson.Default.CommandRequest, "The command");
        }
        catch (InvalidOperationException e)
        {
            throw new UserErrorException("The command has a text with half a surrogate pair (\\ud800 to \\udfff); write both halves, or the character itself.", e);
        }
        catch (JsonException e)
        {
            throw new UserErrorException(
                $"The command is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}); it must be {{\"data\": {{…}}, \"transaction\": …}}.", e);
        }
    }

    /// <summary>Whoever reads or repeats a text later must not be the one to find out that it is none.</summary>
    /// <exception cref="InvalidOperationException">An escape stands for half a surrogate pair.</exception>
    private static void CheckEscapes(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                reader.GetString();
        }
    }

    /// <summary>What the sender recognises the response by.</summary>
    /// <exception cref="UserErrorException">It is no short text and no number.</exception>
    public static JsonElement? TransactionOf(CommandRequest request) => request.Transaction.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String or JsonValueKind.Number when request.Transaction.GetRawText().Length <= LongestTransaction => request.Transaction,
        _ => throw new UserErrorException($"transaction must be a text or a number of at most {LongestTransaction} characters."),
    };

    /// <summary>The same for a command that was refused without a closer look; null when it cannot be had.</summary>
    public static JsonElement? TransactionOf(MqttMessage message, int longest)
    {
        try
        {
            return message.Payload.Length > longest ? null : TransactionOf(Parse(message));
        }
        catch (UserErrorException)
        {
            return null;
        }
    }

    /// <summary>The message that answers a call.</summary>
    public MqttMessage To(CommandCall call, CommandResponse response)
    {
        var usual = topics.Response(CommandRegistry.IsName(call.Name) ? call.Name : Invalid);
        var topic = call.Message.ResponseTopic is { } wanted && IsAllowed(wanted) ? wanted : usual;
        return new(topic, JsonSerializer.SerializeToUtf8Bytes(response, CommandJson.Default.CommandResponse)) { CorrelationData = call.Message.CorrelationData };
    }

    /// <summary>A sender who may not publish on the node's own topics must not make the node do it for him.</summary>
    private bool IsAllowed(string topic) =>
        topic.Length is > 0 and <= 1024 && topic[0] != '$' && topic.AsSpan().IndexOfAny("+#\0") < 0
        && (!topic.StartsWith("diarizer/", StringComparison.Ordinal) || topic.StartsWith(topics.Response(""), StringComparison.Ordinal))
        && !topic.StartsWith($"{discoveryPrefix}/", StringComparison.Ordinal);
}
