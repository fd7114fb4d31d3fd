using System.Globalization;
using Diarizer.Service.Health;

namespace Diarizer.Service.Output;

/// <summary>Prints the status of a daemon for people.</summary>
internal static class StatusTable
{
    public static void Write(TextWriter output, NodeStatus status)
    {
        var word = status.State switch { NodeState.Ready => "ready", NodeState.Degraded => "degraded", _ => "not ready" };
        var broker = status.Broker;
        Line($"{status.Node}: {word}, up {Time(status.UptimeS)}, version {Short(status.Version)}, {status.Device}, {status.Rss / 1e6:F0} MB");
        Line($"broker {broker.Address}{(broker.IsOwn ? " (own)" : "")}: {(broker.IsConnected ? "connected" : "not connected")}, {broker.OutboxDepth} event(s) wait, {broker.Dropped} dropped");
        Line($"");
        Line($"{"stream",-16} {"status",-9} {"heard",10} {"lag p95",9} {"rtf",7} {"gaps",6} {"lost",9} {"xruns",6}");
        foreach (var room in status.Streams)
            Line($"{room.Name,-16} {room.Status,-9} {Time((long)room.AudioS),10} {room.LagP95Ms,6:F0} ms {room.Rtf,7:F3} {room.Gaps,6} {room.LostS,7:F1} s {room.Overruns,6}");
        foreach (var sentence in status.Degraded)
            Line($"! {sentence}");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
    }

    /// <summary>A revision is known by its first seven digits.</summary>
    private static string Short(string version) => version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus && version.Length > plus + 8 ? version[..(plus + 8)] : version;

    private static string Time(long seconds) => seconds switch
    {
        < 60 => $"{seconds} s",
        < 3600 => $"{seconds / 60} min",
        < 86400 => $"{seconds / 3600} h {seconds / 60 % 60} min",
        _ => $"{seconds / 86400} d {seconds / 3600 % 24} h",
    };
}
