using Diarizer.Mqtt.Commands;
using Diarizer.Service.Identity;
using Diarizer.Service.Options;
using Diarizer.Streaming.Enrolment;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/enroll</c>: makes a person known, from recordings or as the speaker who was heard.</summary>
/// <param name="people">Who is enrolled.</param>
/// <param name="streams">Where people are heard.</param>
/// <param name="reader">Reads recordings.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">Clock.</param>
public sealed class SpeakerEnrollCommand(EnrolledPeople people, StreamDirectory streams, VoiceReader reader, LiveOptions options, TimeProvider time)
    : Command<EnrollRequest, ProfileExport>("speaker/enroll", SpeakerJson.Default.EnrollRequest, SpeakerJson.Default.ProfileExport)
{
    private const int MostFiles = 20;

    /// <inheritdoc/>
    public override bool RunsLong => true;

    /// <inheritdoc/>
    protected override async Task<ProfileExport> ExecuteAsync(EnrollRequest data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var registry = people.Registry;
        var name = SpeakerName.Check(data.Name);
        var consent = ConsentRecord.Read(data.Consent?.Purpose, data.Consent?.GivenBy, data.Consent?.GivenAt, data.Consent?.Expires, time);
        var settings = options.Current;
        var (material, heard) = (data.Speaker, data.Files) switch
        {
            ({ } speaker, null) => await HeardAsync(speaker, data.Stream, settings.Enrolment.Recordings, cancellationToken),
            (null, { Count: > 0 } files) => (await ReadAsync(files, settings.Enrolment, data.MainVoice ?? false, cancellationToken), default),
            _ => throw new UserErrorException("Give either data.speaker (somebody who was heard) or data.files."),
        };
        var profile = registry.Enrol(new NewEnrolment(
            name, consent, data.Speaker is null ? EnrolmentSource.Files : EnrolmentSource.Session, people.Model, material, data.Add ?? false,
            settings.Diarization.Speakers.MaximumEnrolled, settings.Enrolment.Recordings.MaximumSamples));
        await people.RefreshAsync(heard.Number == 0 ? null : (heard.Stream, heard.Number, profile.Number));
        return ProfileExport.Of(profile, people.Model);
    }

    private async Task<(VoiceMaterial Material, (string Stream, int Number) Heard)> HeardAsync(string speaker, string? stream, EnrolmentOptions bounds, CancellationToken cancel)
    {
        var worker = streams.Find(stream);
        var (summary, samples) = await worker.EditSpeakersAsync(s => (s.Find(speaker), s.Editor.SamplesOf(s.Find(speaker).Id))).WaitAsync(cancel);
        var speech = Math.Min(summary.SpeechSeconds, samples.Sum(s => s.Quality));
        if (samples.Count == 0 || speech < bounds.MinimumSpeech)
            throw new UserErrorException($"{speech:0.0} s of clear speech were heard of that speaker; {bounds.MinimumSpeech:0.#} s are needed: try again later.");
        return (new VoiceMaterial(samples, speech), (worker.Stream, summary.Id));
    }

    private async Task<VoiceMaterial> ReadAsync(IReadOnlyList<string> files, EnrolmentSettings settings, bool mainVoice, CancellationToken cancel)
    {
        if (files.Count > MostFiles)
            throw new UserErrorException($"{files.Count} files are too many; {MostFiles} are the most.");
        List<(string, EnrolmentRecording)> recordings = [];
        for (var i = 0; i < files.Count; i++)
            recordings.Add(($"files[{i}]", await reader.ReadAsync(EnrolmentFolder.Resolve(settings.Folder, files[i], $"files[{i}]"), cancel)));
        return VoiceMaterial.Of(recordings, settings.Recordings, mainVoice);
    }
}
