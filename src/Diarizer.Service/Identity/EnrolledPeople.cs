using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Identity;

/// <summary>
/// The enrolled people as the running daemon knows them. Whatever changes in the registry, by a command of this daemon, by <c>diarizer enroll</c> or <c>forget</c>, or by the end of a
/// consent, is brought to all running sessions and told to <paramref name="announce"/>. Safe for concurrent use.
/// </summary>
/// <param name="opened">Who is enrolled, if there is a key.</param>
/// <param name="model">SHA-256 of the embedding model in use.</param>
/// <param name="streams">Where people may be heard.</param>
/// <param name="announce">Takes what subscribers should know, and who was erased.</param>
public sealed class EnrolledPeople(OpenedRegistry opened, string model, StreamDirectory streams, IEnrolmentAnnouncements announce) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile RegistryContents _contents = new([], []);
    private (DateTime, long)? _stamp;
    private string? _trouble = opened.IsTrouble ? opened.WhyOff : null;

    /// <summary>Who is enrolled.</summary>
    /// <exception cref="UserErrorException">Enrolment is off.</exception>
    public SpeakerRegistry Registry => opened.Registry ?? throw new UserErrorException(opened.WhyOff!);

    /// <summary>Why nobody can be enrolled, one sentence; null when people can be.</summary>
    public string? WhyOff => opened.Registry is null ? opened.WhyOff : null;

    /// <summary>SHA-256 of the embedding model in use.</summary>
    public string Model => model;

    /// <summary>Who is enrolled, as last read.</summary>
    public RegistryContents Contents => _contents;

    /// <summary>What does not work as it should, one sentence each; without names.</summary>
    public IEnumerable<string> Degraded
    {
        get
        {
            if (_trouble is { } trouble)
                yield return $"enrolment: {trouble}";
            if (_contents.People.Count(p => p.Model != model) is > 0 and var outdated)
                yield return $"enrolment: {Count(outdated)} enrolled with another embedding model and cannot be recognised; enrol again ({Ids(_contents.People.Where(p => p.Model != model).Select(p => p.Number))})";
            if (_contents.Unreadable is { Count: > 0 } unreadable)
                yield return $"enrolment: {Count(unreadable.Count)} enrolled with another key and cannot be recognised; bring the key back, or forget them and enrol again ({Ids(unreadable)})";
        }
    }

    private IEnumerable<SpeakerProfile> Usable => _contents.People.Where(p => p.Model == model);

    /// <summary>For a session that begins: who may be recognised in it, at most so many, and what they are called.</summary>
    public IReadOnlyList<EnrolledVoice> JoinSession(SpeakerNames names, int most)
    {
        ArgumentNullException.ThrowIfNull(names);
        var people = Usable.Take(most).ToList();
        foreach (var person in people)
            names.Set(-person.Number, person.Name);
        return [.. people.Select(p => p.ToVoice())];
    }

    /// <summary>Looks every other second for changes that were made from outside, and for consents that ended.</summary>
    public async Task RunAsync(TimeProvider time, CancellationToken stop)
    {
        if (opened.Registry is null)
            return;
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await RefreshAsync();
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    /// <summary>Takes over what changed in the registry.</summary>
    /// <param name="heard">The stream and number of a speaker who is the person that was just enrolled.</param>
    public async Task RefreshAsync((string Stream, int Number, int Person)? heard = null)
    {
        if (opened.Registry is not { } registry)
            return;
        await _gate.WaitAsync();
        try
        {
            if (_stamp is { } stamp && !registry.HasChanged(_contents, stamp))
                return;
            var ended = registry.ForgetExpired();
            _stamp = registry.Stamp;
            var before = _contents;
            _contents = registry.Read();
            _trouble = null;
            await ApplyAsync(before, ended, heard);
        }
        catch (UserErrorException e)
        {
            _trouble = e.Message;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        opened.Registry?.Dispose();
    }

    private async Task ApplyAsync(RegistryContents before, IReadOnlyList<int> ended, (string Stream, int Number, int Person)? heard)
    {
        var now = Usable.ToDictionary(p => p.Number);
        var known = before.People.Where(p => p.Model == model).ToDictionary(p => p.Number);
        foreach (var person in before.People.Where(p => _contents.People.All(n => n.Number != p.Number)))
            await EraseAsync(person, ended.Contains(person.Number));
        foreach (var number in ended.Where(n => before.People.All(p => p.Number != n)))
            announce.Erased(SpeakerMessage.IdOf(-number), consentEnded: true);
        foreach (var person in now.Values)
        {
            if (known.GetValueOrDefault(person.Number) is { } same && same.EnrolledAt == person.EnrolledAt)
                await RenameAsync(person, same.Name);
            else
                await ForEachSessionAsync(s => Enrol(s, person, heard));
        }

        announce.Changed([.. Degraded]);
    }

    private async Task EraseAsync(SpeakerProfile person, bool consentEnded)
    {
        Dictionary<string, string> anonymous = [];
        await ForEachSessionAsync(speakers =>
        {
            speakers.Session.Names.Set(-person.Number, null);
            anonymous[speakers.Session.SessionId] = SpeakerMessage.IdOf(speakers.Editor.Disenrol(-person.Number));
            return true;
        });
        await announce.EraseAsync(new SpeakerRedaction(person.Id, person.Name, session => anonymous.GetValueOrDefault(session, SpeakerMessage.UnknownId)));
        announce.Erased(person.Id, consentEnded);
    }

    private async Task RenameAsync(SpeakerProfile person, string nameBefore)
    {
        if (person.Name == nameBefore)
            return;
        await ForEachSessionAsync(speakers =>
        {
            speakers.Session.Names.Set(-person.Number, person.Name);
            speakers.Editor.Retell(-person.Number);
            return true;
        });
        announce.Renamed(person.Id, person.Name);
    }

    private static bool Enrol(SessionSpeakers speakers, SpeakerProfile person, (string Stream, int Number, int Person)? heard)
    {
        var heardAs = heard is { } h && h.Person == person.Number && h.Stream == speakers.Session.Stream ? h.Number : 0;
        speakers.Session.Names.Set(-person.Number, person.Name);
        speakers.Session.Names.Set(heardAs, null);
        speakers.Editor.Enrol(person.ToVoice(), heardAs);
        return true;
    }

    private async Task ForEachSessionAsync(Func<SessionSpeakers, bool> edit)
    {
        foreach (var stream in streams.All)
        {
            try
            {
                await stream.EditSpeakersAsync(edit);
            }
            catch (Exception e) when (e is UserErrorException or ArgumentException)
            {
                // No session runs there, or it cannot take more people; the next one begins with what is known now.
            }
        }
    }

    private static string Ids(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(n => SpeakerMessage.IdOf(-n)));

    private static string Count(int people) => people == 1 ? "1 person was" : $"{people} people were";
}

/// <summary>Hears of changes in who is enrolled.</summary>
public interface IEnrolmentAnnouncements
{
    /// <summary>A person was erased.</summary>
    /// <param name="id">Id of the person.</param>
    /// <param name="consentEnded">True when that was because the consent had ended.</param>
    void Erased(string id, bool consentEnded);

    /// <summary>Who is enrolled has changed.</summary>
    /// <param name="degraded">See <see cref="EnrolledPeople.Degraded"/>.</param>
    void Changed(IReadOnlyList<string> degraded);

    /// <summary>A person has another name.</summary>
    void Renamed(string id, string name);

    /// <summary>Takes a person out of everything that waits to be sent or is retained.</summary>
    Task EraseAsync(SpeakerRedaction redaction);
}
