using System.Text.Json;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Commands;

/// <summary>
/// Takes commands, executes them and answers. Whatever comes is treated as sent by a stranger: it is bounded in size and number before it
/// is parsed, and what cannot be done is answered with the reason and changes nothing. Two queues of <see cref="QueueLength"/> commands, one for those that
/// run long; when a queue is full a command is refused.
/// </summary>
public sealed class CommandDispatcher : IAsyncDisposable
{
    /// <summary>Commands that may wait in each queue.</summary>
    public const int QueueLength = 32;

    private readonly CommandRegistry _registry;
    private readonly MqttCommandOptions _options;
    private readonly IMessageSink _sink;
    private readonly CommandReply _reply;
    private readonly ILogger _log;
    private readonly TokenBucketRateLimiter _limiter;
    private readonly TokenBucketRateLimiter _refusals;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<CommandCall> _quick = NewQueue();
    private readonly Channel<CommandCall> _long = NewQueue();
    private readonly Task[] _workers;

    /// <summary>Starts executing; <see cref="Take"/> gives it work.</summary>
    /// <param name="registry">The commands.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="topics">Topics of the node.</param>
    /// <param name="sink">Takes the responses.</param>
    /// <param name="log">Takes every command with its end, and faults.</param>
    /// <param name="discoveryPrefix">Below this topic nothing is answered: see <see cref="MqttHomeAssistantOptions.Prefix"/>.</param>
    public CommandDispatcher(
        CommandRegistry registry,
        MqttCommandOptions options,
        Topics topics,
        IMessageSink sink,
        ILogger<CommandDispatcher> log,
        string discoveryPrefix = "homeassistant")
    {
        ArgumentNullException.ThrowIfNull(options);
        (_registry, _options, _sink, _log) = (registry, options.Validate(), sink, log);
        _reply = new CommandReply(topics, discoveryPrefix);
        _limiter = NewLimiter(options.PerSecond, options.Burst);
        // A flood must not be answered with a flood.
        _refusals = NewLimiter(options.PerSecond, options.Burst);
        _workers = [Task.Run(() => ExecuteAllAsync(_quick.Reader)), Task.Run(() => ExecuteAllAsync(_long.Reader))];
    }

    /// <summary>Takes a message that came on <see cref="Topics.AllRequests"/>. Never blocks.</summary>
    public void Take(MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Accept(new CommandCall(message, _reply.CommandOf(message), null));
    }

    /// <summary>Takes a command that came otherwise than by the broker; it waits its turn in the same queues and is bounded like any other.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="request">A <see cref="CommandRequest"/> as JSON.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more; the command is executed all the same.</param>
    /// <returns>The answer, also to a command that was refused.</returns>
    public Task<CommandResponse> ExecuteAsync(string name, ReadOnlyMemory<byte> request, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<CommandResponse> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Accept(new CommandCall(new MqttMessage("", request), name, null, answer));
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the commands under way end, for 0.3 s at most.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _quick.Writer.TryComplete();
        _long.Writer.TryComplete();
        await Task.WhenAll(_workers).WaitAsync(TimeSpan.FromMilliseconds(300)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _limiter.DisposeAsync().ConfigureAwait(false);
        await _refusals.DisposeAsync().ConfigureAwait(false);
    }

    private void Accept(CommandCall call)
    {
        if (WhyRefused(call.Message, call.Name, out var command) is { } reason)
        {
            Refuse(call, reason);
            return;
        }

        call = call with { Command = command };
        if (!(command!.RunsLong ? _long : _quick).Writer.TryWrite(call))
            Refuse(call, "Too many commands wait already; send it again later.");
    }

    private static Channel<CommandCall> NewQueue() => Channel.CreateBounded<CommandCall>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private static TokenBucketRateLimiter NewLimiter(double perSecond, int burst) => new(new()
    {
        TokenLimit = burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1 / perSecond),
        QueueLimit = 0,
    });

    private string? WhyRefused(MqttMessage message, string name, out ICommand? command)
    {
        command = null;
        using (var lease = _limiter.AttemptAcquire())
        {
            if (!lease.IsAcquired)
                return $"Too many commands: {_options.PerSecond:0.#} a second are taken, {_options.Burst} at once.";
        }
        if (message.Payload.Length > _options.MaxBytes)
            return $"The command has {message.Payload.Length} bytes; at most {_options.MaxBytes} are taken.";
        // The broker would deliver it after every connect, to be executed again.
        if (message.Retain)
            return "Retained commands are not executed; send it without the retain flag.";
        command = _registry.Find(name);
        return command is null ? $"There is no command \"{CommandData.Clip(name)}\"; there are: {string.Join(", ", _registry.Names)}." : null;
    }

    private void Refuse(CommandCall call, string reason)
    {
        _log.CommandRefused(CommandData.Clip(call.Name), reason);
        using var lease = _refusals.AttemptAcquire();
        // Who waits for an answer gets one: it goes nowhere else.
        if (lease.IsAcquired || call.Answer is not null)
            Answer(call, new() { Status = CommandStatus.Error, Error = reason, Transaction = CommandReply.TransactionOf(call.Message, _options.MaxBytes) });
    }

    private async Task ExecuteAllAsync(ChannelReader<CommandCall> calls)
    {
        await foreach (var call in calls.ReadAllAsync().ConfigureAwait(false))
        {
            if (_stop.IsCancellationRequested)
                Refuse(call, "The node stops.");
            else
                Answer(call, await ExecuteAsync(call).ConfigureAwait(false));
        }
    }

    private async Task<CommandResponse> ExecuteAsync(CommandCall call)
    {
        JsonElement? transaction = null;
        try
        {
            var request = CommandReply.Parse(call.Message);
            transaction = CommandReply.TransactionOf(request);
            var data = await call.Command!.ExecuteAsync(request.Data, _stop.Token).ConfigureAwait(false);
            _log.CommandDone(call.Name);
            return new() { Status = CommandStatus.Ok, Data = data, Transaction = transaction };
        }
        catch (UserErrorException e)
        {
            _log.CommandNotDone(call.Name, e.Message);
            return Error(e.Message);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return Error("The node stops.");
        }
        catch (Exception e)
        {
            _log.CommandBroke(e, call.Name);
            return Error("A fault of the program; its log has the details.");
        }

        CommandResponse Error(string reason) => new() { Status = CommandStatus.Error, Error = reason, Transaction = transaction };
    }

    private void Answer(CommandCall call, CommandResponse response)
    {
        if (call.Answer is { } answer)
            answer.TrySetResult(response);
        else
            _sink.Publish(_reply.To(call, response));
    }
}
