using System.Globalization;
using System.Text;
using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Hosting;
using Diarizer.Service.Options;
using Diarizer.Service.Output;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Publishing;

/// <summary>Prints turns as they happen and a summary at the end, for people (<c>diarizer run --print</c>).</summary>
/// <param name="queue">Takes the lines.</param>
public sealed class ConsolePrinter(ConsoleQueue queue) : IEventSink
{
    private bool _showStream;

    /// <summary>Says what is listened to and where the same events can be had.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="broker">Where they are published.</param>
    /// <param name="page">Address of the live page; null where there is none.</param>
    public void Introduce(IReadOnlyList<StreamOptions> streams, BrokerLink broker, Uri? page)
    {
        _showStream = streams.Count > 1;
        foreach (var stream in streams)
            queue.Write($"listening to {stream.Source}");
        if (page is not null)
            queue.Write($"live page at {page}");
        queue.Write($"broker at {broker.Options.Host}:{broker.Options.BrokerPort}{(broker.IsEmbedded ? " (started for this run)" : "")}; see the same events with:");
        queue.Write($"  {broker.SubscribeCommand}\n");
        queue.Write($"{Prefix("stream")}    start       end  speaker     what       latency");
    }

    /// <inheritdoc/>
    public void SessionStarted(StreamSession session)
    {
    }

    /// <inheritdoc/>
    public void Publish(StreamEvent e)
    {
        if (e.Event is TurnChanged turn && What(turn) is { } what)
        {
            var end = turn.EndReason is null ? "…" : Clock.Format(turn.End);
            var line = string.Create(CultureInfo.InvariantCulture, $"{Clock.Format(turn.Start),9} {end,9}  {SpeakerOf(turn.Speaker, e.Session.Names),-10}  {what,-9}  {LatencyOf(turn, e.Processing),5:F2} s");
            queue.Write(Prefix(e.Session.Stream) + line);
        }
    }

    /// <inheritdoc/>
    public void SessionEnded(StreamSession session, StreamSummary summary)
    {
        var text = new StringBuilder();
        var speech = summary.Speakers.Sum(s => s.SpeechSeconds);
        text.Append(CultureInfo.InvariantCulture, $"\n{session.Stream}: {SampleClock.ToSeconds(summary.Position):F1} s of audio, {summary.Turns} turns, {summary.Speakers.Count} speakers");
        foreach (var speaker in summary.Speakers.OrderByDescending(s => s.SpeechSeconds))
            text.Append(CultureInfo.InvariantCulture, $"\n  {NameOf(speaker.Id, session.Names),-11} {speaker.SpeechSeconds,7:F1} s {100 * speaker.SpeechSeconds / Math.Max(speech, 1e-9),4:F0} %");
        if (summary.Failure is not null)
            text.Append(CultureInfo.InvariantCulture, $"\n  stopped early: {summary.Failure}");
        queue.Write(text.ToString());
    }

    /// <summary>Seconds from what the line tells (onset of a turn, or its end) to its print.</summary>
    private static double LatencyOf(TurnChanged turn, TimeSpan processing) =>
        SampleClock.ToSeconds(turn.At - (turn.EndReason is null ? turn.Start : turn.End)) + processing.TotalSeconds;

    private string Prefix(string stream) => _showStream ? $"{stream,-12} " : "";

    private static string SpeakerOf(SpeakerLabel speaker, SpeakerNames names) => speaker.IsUnknown ? "?" : NameOf(speaker.Id, names) + (speaker.Decided ? "" : "?");

    private static string NameOf(int speaker, SpeakerNames names) => names.Of(speaker) ?? string.Create(CultureInfo.InvariantCulture, $"speaker {speaker}");

    private static string? What(TurnChanged turn) => turn.Kind switch
    {
        TurnEventKind.Started => "starts",
        TurnEventKind.Updated when turn.Speaker.Decided => "decided",
        TurnEventKind.Updated => null,
        TurnEventKind.Ended => "ends",
        _ when turn.IsWithdrawn => "withdrawn",
        _ => "revised",
    };
}
