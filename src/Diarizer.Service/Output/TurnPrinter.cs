using System.Globalization;
using System.Text;
using System.Text.Json;
using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Output;

/// <summary>Prints the turns of recordings: a table for people, or a JSON object a line.</summary>
/// <param name="output">Where to.</param>
/// <param name="json">A JSON object a line.</param>
/// <param name="names">What enrolled people are called.</param>
/// <param name="updates">With <paramref name="json"/>: turns as they begin and change, too.</param>
public sealed class TurnPrinter(TextWriter output, bool json, SpeakerNames? names = null, bool updates = false)
{
    private readonly Dictionary<(string Recording, int Turn), int> _speakers = [];
    private int _corrections;

    /// <summary>Starts the table of a recording.</summary>
    public void BeginRecording(string recording, bool showName)
    {
        if (!json && showName)
            output.WriteLine($"\n{recording}");
    }

    /// <summary>Prints a turn when it ends, or as it goes where that is wanted; a later line about the same turn corrects it. Other events are passed over.</summary>
    public void Print(string recording, DiarizationEvent e)
    {
        if (e is not TurnChanged turn)
            return;
        if (turn.EndReason is null)
        {
            if (json && updates)
                output.WriteLine(ToJson(recording, turn));
            return;
        }

        bool corrects = turn.Kind == TurnEventKind.Revised;
        _corrections += corrects ? 1 : 0;
        if (turn.IsWithdrawn)
            _speakers.Remove((recording, turn.TurnId));
        else
            _speakers[(recording, turn.TurnId)] = turn.Speaker.Id;
        output.WriteLine(json ? ToJson(recording, turn) : $"{Clock.Format(turn.Start),10} {Clock.Format(turn.End),10}  {NameOf(turn.Speaker.Id) ?? SpeakerMessage.IdOf(turn.Speaker.Id)}{(turn.IsWithdrawn ? "  (withdrawn)" : corrects ? "  (corrected)" : "")}");
    }

    /// <summary>Prints what was done. With JSON it goes to standard error, so that lines stay parsable.</summary>
    public void PrintSummary(double audioSeconds, double seconds)
    {
        int speakers = _speakers.Where(turn => turn.Value != 0).Select(turn => (turn.Key.Recording, turn.Value)).Distinct().Count();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{_speakers.Count} turns, {speakers} speakers, {_corrections} corrections in {audioSeconds:F1} s of audio; took {seconds:F1} s (real-time factor {seconds / Math.Max(audioSeconds, 1e-9):F3})");
        if (json)
            Console.Error.WriteLine(text);
        else
            output.WriteLine($"\n{text}");
    }

    private string? NameOf(int speaker) => names?.Of(speaker);

    private string ToJson(string recording, TurnChanged turn)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("recording", recording);
            writer.WriteNumber("turn", turn.TurnId);
            writer.WriteNumber("revision", turn.Revision);
            writer.WriteString("event", turn.Kind switch { TurnEventKind.Started => "started", TurnEventKind.Updated => "updated", TurnEventKind.Ended => "ended", _ => "revised" });
            writer.WriteNumber("at", SampleClock.ToMilliseconds(turn.At) / 1000.0);
            writer.WriteStartObject("speaker");
            writer.WriteString("id", SpeakerMessage.IdOf(turn.Speaker.Id));
            writer.WriteString("name", NameOf(turn.Speaker.Id));
            writer.WriteBoolean("enrolled", turn.Speaker.Id < 0);
            writer.WriteNumber("confidence", Math.Round((double)turn.Speaker.Confidence, 3));
            writer.WriteBoolean("decided", turn.Speaker.Decided);
            writer.WriteEndObject();
            writer.WriteNumber("start", SampleClock.ToMilliseconds(turn.Start) / 1000.0);
            writer.WriteNumber("end", SampleClock.ToMilliseconds(turn.End) / 1000.0);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
