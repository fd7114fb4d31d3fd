using System.CommandLine;
using Diarizer.Service.Identity;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Enrolment;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer enroll</c>: makes a person known from recordings.</summary>
internal static class EnrollCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "What the person is called." };
        var inputs = new Argument<string[]>("FILES") { Description = "Recordings of that person alone (WAV, FLAC, Ogg, Opus, MP3), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var purpose = new Option<string>("--purpose") { Description = "What the person agreed to have the voiceprint used for.", HelpName = "TEXT" };
        var givenBy = new Option<string>("--given-by") { Description = "Who gave consent: the person, or who may speak for them.", HelpName = "WHO" };
        var givenOn = new Option<string>("--given-on") { Description = "On which day (default: today).", HelpName = "DATE" };
        var expires = new Option<string>("--expires") { Description = "Until when: a day such as 2027-12-31, or days such as 365d. The voiceprint is erased then.", HelpName = "DATE" };
        var add = new Option<bool>("--add") { Description = "Keep what is known of the person, too (default: replace it)." };
        var mainVoice = new Option<bool>("--main-voice") { Description = "Where a recording holds a second voice, use the one that speaks most." };
        var command = new Command("enroll", "Makes a person known, who is then recognised by voice. Needs a record of their consent.")
        {
            name, inputs, purpose, givenBy, givenOn, expires, add, mainVoice, SharedOptions.Config, SharedOptions.Device, SharedOptions.ModelDirectory,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var person = SpeakerName.Check(parsed.GetValue(name));
            var consent = ConsentRecord.Read(parsed.GetValue(purpose), parsed.GetValue(givenBy), parsed.GetValue(givenOn), parsed.GetValue(expires), TimeProvider.System);
            var files = InputFiles.Expand(parsed.GetValue(inputs)!, InputFiles.AudioEndings);
            using var access = RegistryAccess.Open(parsed.GetValue(SharedOptions.Config), parsed.GetValue(SharedOptions.ModelDirectory));
            await using var pipeline = RecordingPipeline.Load(access.Options.Models, parsed.GetValue(SharedOptions.Device), options: access.Options.Diarization);
            var bounds = access.Options.Enrolment.Recordings;
            var material = VoiceMaterial.Of(await ReadAsync(files, pipeline.Voices, cancel), bounds, parsed.GetValue(mainVoice));
            var profile = access.Registry.Enrol(new NewEnrolment(
                person, consent, EnrolmentSource.Files, access.Model, material, parsed.GetValue(add), access.Options.Diarization.Speakers.MaximumEnrolled, bounds.MaximumSamples));
            Console.WriteLine(FormattableString.Invariant(
                $"{profile.Name} is enrolled as {profile.Id} with {profile.Speech:0.0} s of speech ({profile.Samples.Count} embeddings), until {profile.Consent.Expires:yyyy-MM-dd}."));
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<(string, EnrolmentRecording)>> ReadAsync(IReadOnlyList<string> files, VoiceReader reader, CancellationToken cancel)
    {
        List<(string, EnrolmentRecording)> recordings = [];
        foreach (var file in files)
            recordings.Add((Path.GetFileName(file), await reader.ReadAsync(file, cancel)));
        return recordings;
    }
}
