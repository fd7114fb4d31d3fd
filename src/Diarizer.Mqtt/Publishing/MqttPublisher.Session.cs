using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Publishing;

// One connection from its first byte to its last.
public sealed partial class MqttPublisher
{
    /// <summary>Messages in flight at once: enough to fill a link with a long round trip, few enough to send again.</summary>
    private const int InFlight = 20;

    private async Task RunSessionAsync()
    {
        var connection = _connections();
        await using var _ = connection.ConfigureAwait(false);
        using var lost = new CancellationTokenSource();
        string? reason = null;
        connection.StateChanged += (_, change) =>
        {
            if (change.State != MqttConnectionState.Closed)
                return;
            reason = change.Reason;
            Cancel(lost);
        };
        connection.MessageReceived += (_, message) => _subscriptions.Dispatch(message);
        await ConnectAsync(connection).ConfigureAwait(false);
        try
        {
            using var session = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, _stop.Token);
            await AnnounceAsync(connection, session.Token).ConfigureAwait(false);
            await PumpAsync(connection, session.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested && !lost.IsCancellationRequested)
        {
            await SayGoodbyeAsync(connection, lost.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            throw new MqttConnectionException($"The connection to {_options.Host}:{_options.BrokerPort} was lost ({reason ?? "closed"}).");
        }
        finally
        {
            _connection = null;
            _subscriptions.End();
            SetConnected(false);
        }
    }

    private async Task ConnectAsync(IMqttConnection connection)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        try
        {
            await connection.ConnectAsync(new(_options, Messages.Status(Topics, online: false)), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw new MqttConnectionException($"{_options.Host}:{_options.BrokerPort} did not answer within {_options.ConnectTimeout.TotalSeconds:0.#} s.");
        }
    }

    private async Task AnnounceAsync(IMqttConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _queue.Restart();
        _outbox.Queue.Restart();
        await connection.PublishAsync(Messages.Status(Topics, online: true), cancellationToken).ConfigureAwait(false);
        await _subscriptions.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _connects);
        _log.Connected(_options.Host!, _options.BrokerPort, _options.EffectiveClientId);
        SetConnected(true);
    }

    /// <summary>Sends what is put, in order, with at most <see cref="InFlight"/> messages unacknowledged. Ends by cancellation only.</summary>
    private async Task PumpAsync(IMqttConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                _ = SendAsync(connection, await NextAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                _slots.Release();
                throw;
            }
        }
    }

    private async Task SendAsync(IMqttConnection connection, Delivery delivery)
    {
        try
        {
            // Not cancelled by a stop: acknowledgements on their way still count during the farewell.
            await connection.PublishAsync(delivery.Message, CancellationToken.None).ConfigureAwait(false);
            Interlocked.Increment(ref _acknowledged);
            delivery.Acknowledged();
        }
        catch (MqttRejectedException e)
        {
            Interlocked.Increment(ref _rejected);
            delivery.Rejected();
            _log.PublishRejected(e.Message);
        }
        catch (Exception e) when (e is MqttConnectionException or ObjectDisposedException or OperationCanceledException)
        {
            // It stays in flight and goes out again on the next connection.
        }
        catch (Exception e)
        {
            _log.SendBroke(e);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task SayGoodbyeAsync(IMqttConnection connection, CancellationToken lost)
    {
        try
        {
            await DrainAsync(connection, lost).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(Farewell.Goodbye, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lost);
            await connection.PublishAsync(Messages.Status(Topics, online: false), either.Token).ConfigureAwait(false);
            await connection.DisconnectAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttConnectionException or MqttRejectedException)
        {
            _log.FarewellRejected();
        }
    }

    private async Task DrainAsync(IMqttConnection connection, CancellationToken lost)
    {
        using var limit = new CancellationTokenSource(Farewell.Drain, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lost);
        var pump = PumpAsync(connection, either.Token);
        await Task.WhenAny(WhenDelivered(), pump).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void CorrectStaleStatus(MqttMessage message)
    {
        if (message.Text != Messages.Offline || _stop.IsCancellationRequested || _connection is not { } connection)
            return;
        _log.StaleStatusCorrected(Topics.Status);
        _ = SendAgainAsync();

        async Task SendAgainAsync()
        {
            try
            {
                await connection.PublishAsync(Messages.Status(Topics, online: true), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is MqttConnectionException or MqttRejectedException or ObjectDisposedException or OperationCanceledException)
            {
                // The next connection says it anyway.
            }
        }
    }

    private void SetConnected(bool connected)
    {
        if (IsConnected == connected)
            return;
        IsConnected = connected;
        if (!connected)
            _outbox.Queue.Suspend();
        ConnectedChanged?.Invoke(this, connected);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session is over already.
        }
    }
}
