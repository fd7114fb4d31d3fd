using Diarizer.Mqtt.Commands;
using Diarizer.Service.Control.Speakers;
using Diarizer.Service.Hosting;
using Diarizer.Service.Identity;
using Diarizer.Service.Options;

namespace Diarizer.Service.Control;

/// <summary>Everything that the daemon can be told over MQTT: the map of its commands.</summary>
internal static class NodeCommands
{
    public static CommandRegistry For(StreamDirectory streams, HealthReporter health, LiveOptions options, TurnHistory history) => new CommandRegistry()
        .Add(new SessionStartCommand(streams))
        .Add(new SessionEndCommand(streams))
        .Add(new StreamMuteCommand(streams))
        .Add(new StreamUnmuteCommand(streams))
        .Add(new ConfigReloadCommand(options))
        .Add(new HealthCheckCommand(health))
        .Add(new LabelTranscriptCommand(history));

    /// <summary>Who is who.</summary>
    public static CommandRegistry AddSpeakers(
        this CommandRegistry commands, EnrolledPeople people, StreamDirectory streams, VoiceReader reader, LiveOptions options, TimeProvider time) => commands
        .Add(new SpeakerEnrollCommand(people, streams, reader, options, time))
        .Add(new SpeakerRenameCommand(people, streams))
        .Add(new SpeakerMergeCommand(people, streams))
        .Add(new SpeakerSplitCommand(streams))
        .Add(new SpeakerForgetCommand(people, streams))
        .Add(new SpeakerExportCommand(people))
        .Add(new SpeakerListCommand(people));
}
