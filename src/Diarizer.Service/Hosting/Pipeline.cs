using System.Diagnostics;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Hermes;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Mqtt.Publishing;
using Diarizer.Service.Commands;
using Diarizer.Service.Control;
using Diarizer.Service.Embedding;
using Diarizer.Service.Health;
using Diarizer.Service.Identity;
using Diarizer.Service.Models;
using Diarizer.Service.Options;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Service.Systemd;
using Diarizer.Service.Telemetry;
using Diarizer.Service.Web;
using Diarizer.Service.Web.Live;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Hosting;

/// <summary>
/// All streams from capture to subscribers. Start: models, sources and broker at the same time, then the streams. Stop: the streams end their
/// turns, the embedding service ends, the broker hears <c>offline</c>.
/// </summary>
public sealed class Pipeline(
    DiarizerOptions options,
    LiveOptions live,
    StreamDirectory streams,
    TimeProvider time,
    SystemdNotifier notifier,
    ProgressWatch progress,
    DaemonMetrics metrics,
    StatusSource status,
    IHostApplicationLifetime lifetime,
    IServiceProvider services,
    ILoggerFactory loggers) : IHostedService, IDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<Pipeline>();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _bootId = StreamSession.NewBootId();
    private readonly ConsolePrinter? _printer = services.GetService<ConsolePrinter>();
    private readonly TurnHistory _history = new();
    private LoadedModels? _models;
    private BrokerLink? _broker;
    private EmbeddingService? _embeddings;
    private EnrolledPeople? _people;
    private HealthReporter? _reporter;
    private CommandDispatcher? _commands;
    private LivePage? _page;
    private WebServer? _web;
    private HomeAssistantDiscovery? _homeAssistant;
    private Task<string?>[] _running = [];
    private Task _health = Task.CompletedTask;
    private Task _enrolment = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task _ended = Task.CompletedTask;

    /// <summary>0; or 2 when a stream failed for a reason that the user can mend.</summary>
    public int ExitCode { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var sources = await OpenEverythingAsync(cancellationToken);
        _embeddings = new EmbeddingService(_models!.Embedder, EmbeddingPlan.For(options.Embedding, _models.OnGpu, sources.Count), time, metrics.Embedding);
        metrics.Publishing.Follow(_broker!.Publisher);
        PublishInfo();
        await RecallPeopleAsync();
        _reporter = new HealthReporter(_broker.Publisher, streams, _people!, time);
        status.Open(new StatusReader(options, _bootId, _models.OnGpu, _broker, streams, _reporter).Read);
        _commands = TakeCommands();
        await OpenPageAsync(cancellationToken);
        _printer?.Introduce(options.Streams, _broker, _web?.Address);
        var mqtt = new MqttSink(_broker.Publisher, _broker.Publisher.Topics, time);
        List<IEventSink> sinks = [mqtt, _history, metrics.Events];
        if (_page is not null)
            sinks.Add(_page.Sink);
        if (_printer is not null)
            sinks.Add(_printer);
        _running = [.. sources.Select(source => RunStreamAsync(source, sinks))];
        _ended = EndWhenAllEndAsync();
        Listen();
        var milliseconds = (long)(time.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds;
        _log.Ready(milliseconds, sources.Count, _models.OnGpu ? "cuda" : "cpu");
        notifier.Ready($"Listening to {sources.Count} stream(s)");
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        notifier.Stopping();
        _log.Stopping();
        await _stop.CancelAsync();
        _homeAssistant?.Dispose();
        await Task.WhenAll([.. _running, _ended, _health, _enrolment, _watching, _commands?.DisposeAsync().AsTask() ?? Task.CompletedTask, _web?.DisposeAsync().AsTask() ?? Task.CompletedTask]);
        await CloseAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>Loads and opens at the same time, and tells everything that fails at once.</summary>
    private async Task<IReadOnlyList<OpenedStream>> OpenEverythingAsync(CancellationToken cancel)
    {
        var models = Task.Run(() => LoadedModels.Load(options.Models, options.Device, options.Threads), cancel);
        var sources = options.Streams.Select(s => Task.Run(() => OpenedStream.Open(s, time, _log), cancel)).ToList();
        var broker = BrokerLink.StartAsync(options.Mqtt, time, loggers, cancel);
        Task[] all = [models, broker, .. sources];
        await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _models = models.IsCompletedSuccessfully ? models.Result : null;
        _broker = broker.IsCompletedSuccessfully ? broker.Result : null;
        if (all.All(t => t.IsCompletedSuccessfully))
        {
            foreach (var satellite in sources.Select(s => s.Result.Source).OfType<HermesSource>())
                _broker!.Publisher.Listen(satellite.Topic, message => satellite.Take(message.Payload.Span), MqttQos.AtMostOnce);
            return [.. sources.Select(s => s.Result)];
        }

        foreach (var source in sources.Where(s => s.IsCompletedSuccessfully))
            source.Result.Source.Dispose();
        await CloseAsync();
        throw StartFailure.Of(all);
    }

    private void PublishInfo() => _broker!.Publisher.Publish(Messages.Info(_broker.Publisher.Topics, new InfoMessage
    {
        Version = ProductVersion.Current,
        BootId = _bootId,
        Models = _models!.Info,
        Streams = [.. options.Streams.Select(s => s.Name)],
        Configuration = PublicConfiguration.Of(options),
    }));

    /// <summary>Finds out who may be recognised, before anybody is heard.</summary>
    private async Task RecallPeopleAsync()
    {
        var registry = OpenedRegistry.Open(options.Enrolment, options.StateDirectory!, time);
        if (registry.IsTrouble)
            _log.EnrolmentOff(registry.WhyOff!);
        _people = new EnrolledPeople(registry, _models!.EmbedderSha256, streams, new RememberedPeople(_history, new MqttAnnouncements(_broker!.Publisher, time)));
        await _people.RefreshAsync();
        _enrolment = _people.RunAsync(time, _stop.Token);
    }

    private CommandDispatcher TakeCommands()
    {
        var reader = new VoiceReader(_models!.VoiceActivity, _embeddings!, options.Diarization);
        var registry = NodeCommands.For(streams, _reporter!, live, _history).AddSpeakers(_people!, streams, reader, live, time);
        var publisher = _broker!.Publisher;
        return new CommandDispatcher(
            registry, options.Mqtt.Commands, publisher.Topics, publisher, loggers.CreateLogger<CommandDispatcher>(), options.Mqtt.HomeAssistant.Prefix);
    }

    /// <summary>Rooms are listened to whether or not they can be watched: a port that is taken is told and does not end the daemon.</summary>
    private async Task OpenPageAsync(CancellationToken cancel)
    {
        if (!options.Web.Enabled)
            return;
        try
        {
            var page = new LivePage(options, _bootId, streams, _history, _broker!, _reporter!, _people!, time);
            _web = await WebServer.StartAsync(options.Web, [.. WebEndpoints.For(options.Web, page, _history, _commands!), .. services.GetServices<IWebEndpoints>()], options.Mqtt.Commands.MaxKilobytes * 1024, loggers, cancel);
            _page = page;
            _watching = page.RunAsync(_stop.Token);
            _log.PageOpened(_web.Address);
        }
        catch (UserErrorException e)
        {
            _log.NoPage(e.Message);
            _reporter!.Lament($"page: {e.Message}");
        }
    }

    /// <summary>Begins to report and to take commands from the broker.</summary>
    private void Listen()
    {
        var publisher = _broker!.Publisher;
        _health = _reporter!.RunAsync(_stop.Token);
        _homeAssistant = IntroduceTo(publisher);
        publisher.Listen(publisher.Topics.AllStreamStatus, new StaleStreams(publisher.Topics, [.. options.Streams.Select(s => s.Name)], publisher).Take);
        if (options.Mqtt.Commands.Enabled)
            publisher.Listen(publisher.Topics.AllRequests, _commands!.Take);
    }

    private HomeAssistantDiscovery IntroduceTo(MqttPublisher publisher)
    {
        var entities = new NodeEntities(publisher.Topics);
        var message = entities.Introduce(options.Streams.Select(s => s.Name), ProductVersion.Current, options.Mqtt.Commands.Enabled);
        var discovery = new HomeAssistantDiscovery(options.Mqtt.HomeAssistant, entities, message, publisher, time);
        discovery.Follow(publisher);
        return discovery;
    }

    private Task<string?> RunStreamAsync(OpenedStream stream, IReadOnlyList<IEventSink> sinks)
    {
        var (name, format) = (stream.Options.Name, stream.Source.Format);
        _log.StreamOpened(name, stream.Source.Uri, format.SampleRate, format.Channels);
        var capture = Capture.Start(stream.Source, new CaptureOptions { Realtime = stream.Options.Realtime, Time = time });
        var detector = _models!.VoiceActivity.CreateDetector();
        var worker = new StreamWorker(stream.Monitor, capture, stream.IsPaced, _bootId, OpenLane, sinks, time, loggers.CreateLogger<StreamWorker>());
        streams.Add(worker);
        progress.Join(name, () => worker.Passes);
        return Task.Run(async () =>
        {
            using (detector)
            {
                var failure = await worker.RunAsync(_stop.Token);
                progress.Leave(name);
                return failure;
            }
        });

        DiarizationLane OpenLane(StreamSession session, Action<DiarizationEvent> publish)
        {
            var thresholds = live.Current.Diarization;
            var enrolled = _people!.JoinSession(session.Names, thresholds.Speakers.MaximumEnrolled);
            return new(new StreamingDiarizer(detector, _embeddings!.Dimension, _embeddings.MinimumSamples, thresholds, _models.Segmenter, _models.Voices, enrolled), _embeddings.OpenLane(), publish);
        }
    }

    private async Task EndWhenAllEndAsync()
    {
        var failures = await Task.WhenAll(_running);
        if (failures.Any(failure => failure is not null))
            ExitCode = Commands.ExitCode.UserError;
        if (_stop.IsCancellationRequested)
            return;
        _log.AllEnded();
        lifetime.StopApplication();
    }

    private async Task CloseAsync()
    {
        if (_embeddings is not null)
            await _embeddings.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
        _people?.Dispose();
        _models?.Dispose();
    }
}
