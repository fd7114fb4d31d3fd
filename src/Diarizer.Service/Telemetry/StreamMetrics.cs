using System.Diagnostics.Metrics;
using Diarizer.Audio;
using Diarizer.Audio.Sources;
using Diarizer.Service.Control;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Telemetry;

/// <summary>How capture and processing of each stream are doing, read from the streams themselves.</summary>
internal static class StreamMetrics
{
    public static void Observe(Meter meter, StreamDirectory streams)
    {
        Counter("diarizer.capture.audio", "s", "Audio captured, gaps not included.", s => SampleClock.ToSeconds(s.Statistics.Samples));
        Counter("diarizer.capture.overruns", "{overrun}", "Times the capture device's buffer ran over (xruns).", s => s.Statistics.Overruns);
        Counter("diarizer.capture.gaps", "{gap}", "Gaps in the audio, for whatever reason.", s => s.Statistics.Gaps);
        Counter("diarizer.capture.lost", "s", "Audio lost before it was captured: overruns, lost packets, lost devices.", s => SampleClock.ToSeconds(s.Statistics.LostSamples));
        Counter("diarizer.capture.dropped", "s", "Captured audio thrown away because processing was late.", s => SampleClock.ToSeconds(s.Statistics.DroppedSamples));
        Gauge("diarizer.capture.queue", "s", "Captured audio that waits for processing.", s => SampleClock.ToSeconds(s.Statistics.BufferedSamples));
        Packets("diarizer.packets.received", "Packets or chunks of a network source that were used.", p => p.Received);
        Packets("diarizer.packets.lost", "Packets that never came, or too late.", p => p.Lost);
        Packets("diarizer.packets.rejected", "Packets that could not be used; the log names the first of each kind.", p => p.Rejected.Values.Sum());
        Gauge("diarizer.stream.up", "{stream}", "1 while the stream hears its source, 0 while its device is gone or after its end.", s => s.Monitor.IsUp ? 1 : 0);
        Counter("diarizer.processing.time", "s", "Time spent on processing audio.", s => s.Meter.Work.Processing.TotalSeconds);
        Counter("diarizer.processing.audio", "s", "Audio processed.", s => s.Meter.Work.Audio.TotalSeconds);
        Gauge("diarizer.processing.realtime_factor", "1", "Processing time for a second of audio, over the last 30 s of audio; above 1 the stream falls behind.", s => s.Meter.RealTimeFactor);

        void Counter(string name, string unit, string description, Func<StreamWorker, double> read) => meter.CreateObservableCounter(name, () => ReadAll(read), unit, description);
        void Gauge(string name, string unit, string description, Func<StreamWorker, double> read) => meter.CreateObservableGauge(name, () => ReadAll(read), unit, description);
        void Packets(string name, string description, Func<PacketStatistics, double> read) => meter.CreateObservableCounter(
            name, () => ReadFrom(streams.All.Where(s => s.Statistics.Packets is not null), s => read(s.Statistics.Packets!)), "{packet}", description);
        IEnumerable<Measurement<double>> ReadAll(Func<StreamWorker, double> read) => ReadFrom(streams.All, read);
        IEnumerable<Measurement<double>> ReadFrom(IEnumerable<StreamWorker> workers, Func<StreamWorker, double> read) =>
            workers.Select(s => new Measurement<double>(read(s), new KeyValuePair<string, object?>(DaemonMetrics.StreamTag, s.Stream)));
    }
}
