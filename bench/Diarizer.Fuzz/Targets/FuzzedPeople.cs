using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Control.Speakers;
using Diarizer.Service.Identity;
using Diarizer.Service.Options;
using Diarizer.Streaming.Enrolment;
using Diarizer.Streaming.Speakers;
using Microsoft.Extensions.Configuration;

namespace Diarizer.Fuzz.Targets;

/// <summary>Two enrolled people for commands to rename, export and forget.</summary>
internal sealed class FuzzedPeople : IEnrolmentAnnouncements, IDisposable
{
    private const string Model = "0123abcd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fuzz-people-");
    private readonly EnrolledPeople _people;
    private readonly StreamDirectory _streams;

    public FuzzedPeople(StreamDirectory streams)
    {
        _streams = streams;
        var registry = new SpeakerRegistry(_folder.FullName, new byte[32], TimeProvider.System);
        foreach (var name in (string[])["Ann", "Bob"])
        {
            var consent = new ConsentRecord("minutes", name, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(30));
            registry.Enrol(new NewEnrolment(name, consent, EnrolmentSource.Files, Model, new VoiceMaterial([new VoiceSample([1, 0], 1.4f)], 9), false, 10, 10));
        }

        _people = new EnrolledPeople(new OpenedRegistry(registry, null, false), Model, streams, this);
    }

    /// <summary>Adds the commands about them.</summary>
    public CommandRegistry AddTo(CommandRegistry commands)
    {
        var options = new LiveOptions(new LoadedOptions(new DiarizerOptions(), new ConfigurationBuilder().Build()), () => throw new InvalidOperationException("Nothing asks for it."));
        // No folder is set aside for recordings, so that nothing asks the reader.
        return commands
            .Add(new SpeakerEnrollCommand(_people, _streams, null!, options, TimeProvider.System))
            .Add(new SpeakerRenameCommand(_people, _streams)).Add(new SpeakerMergeCommand(_people, _streams)).Add(new SpeakerSplitCommand(_streams))
            .Add(new SpeakerForgetCommand(_people, _streams)).Add(new SpeakerExportCommand(_people)).Add(new SpeakerListCommand(_people));
    }

    void IEnrolmentAnnouncements.Erased(string id, bool consentEnded)
    {
    }

    void IEnrolmentAnnouncements.Changed(IReadOnlyList<string> degraded)
    {
    }

    void IEnrolmentAnnouncements.Renamed(string id, string name)
    {
    }

    Task IEnrolmentAnnouncements.EraseAsync(SpeakerRedaction redaction) => Task.CompletedTask;

    public void Dispose()
    {
        _people.Dispose();
        _folder.Delete(recursive: true);
    }
}
