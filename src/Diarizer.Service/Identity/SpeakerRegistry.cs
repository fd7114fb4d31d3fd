using System.Security.Cryptography;
using System.Text.Json;
using Diarizer.Streaming.Enrolment;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Identity;

/// <summary>Who is enrolled: the database and its key. Safe for concurrent use, also by several processes.</summary>
public sealed class SpeakerRegistry : IDisposable
{
    private readonly SpeakerDatabase _database;
    private readonly VoiceprintCipher _cipher;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <param name="directory">State directory.</param>
    /// <param name="key">See <see cref="EnrolmentKey.Read"/>.</param>
    /// <param name="time">Clock for consents.</param>
    public SpeakerRegistry(string directory, byte[] key, TimeProvider time)
    {
        (_database, _cipher, _time) = (new SpeakerDatabase(directory), new VoiceprintCipher(key), time);
    }

    /// <summary>Changes whenever somebody, this process or another, changed who is enrolled.</summary>
    public (DateTime Written, long Length) Stamp => _database.Stamp;

    /// <summary>True when there is a database in a state directory.</summary>
    public static bool IsThereOne(string directory) => new SpeakerDatabase(directory).Exists;

    /// <summary>True when the file is not what it was when it was read, or a consent has ended since.</summary>
    public bool HasChanged(RegistryContents contents, (DateTime Written, long Length) stamp) => stamp != Stamp || contents.FirstExpiry <= _time.GetUtcNow();

    /// <summary>Everybody whose consent holds.</summary>
    /// <exception cref="UserErrorException">The file cannot be used.</exception>
    public RegistryContents Read()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            var rows = _database.Read();
            var opened = rows.Where(r => r.Expires > now).Select(r => (r.Number, Profile: TryOpen(r))).ToList();
            return new(
                [.. opened.Select(o => o.Profile).OfType<SpeakerProfile>()],
                [.. opened.Where(o => o.Profile is null).Select(o => o.Number)],
                rows.Count == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(rows.Min(r => r.Expires)));
        }
    }

    /// <summary>Enrols a person, or enrols them again.</summary>
    /// <param name="enrolment">Who and with what.</param>
    /// <returns>The profile that is stored.</returns>
    /// <exception cref="UserErrorException">There are too many people, or the file cannot be written.</exception>
    public SpeakerProfile Enrol(NewEnrolment enrolment)
    {
        ArgumentNullException.ThrowIfNull(enrolment);
        SpeakerProfile profile = null!;
        lock (_gate)
        {
            _database.Change((rows, next) =>
            {
                var people = rows.Select(TryOpen).OfType<SpeakerProfile>().ToList();
                var before = people.Find(p => SpeakerName.Same(p.Name, enrolment.Name));
                if (before is null && people.Count >= enrolment.MostPeople)
                    throw new UserErrorException($"{people.Count} people are enrolled already, as many as Diarization:Speakers:MaximumEnrolled allows; forget somebody or raise it.");
                profile = enrolment.ToProfile(before, before?.Number ?? next, _time.GetUtcNow());
                return ([], SealedProfile.Of(profile, _cipher));
            });
        }

        return profile;
    }

    /// <summary>Gives a person another name.</summary>
    /// <exception cref="UserErrorException">Nobody has that number, or somebody else the name.</exception>
    public SpeakerProfile Rename(int number, string name)
    {
        SpeakerProfile profile = null!;
        lock (_gate)
        {
            _database.Change((rows, _) =>
            {
                var people = rows.Select(TryOpen).OfType<SpeakerProfile>().ToList();
                if (people.Exists(p => p.Number != number && SpeakerName.Same(p.Name, name)))
                    throw new UserErrorException("Somebody else has that name.");
                profile = (people.Find(p => p.Number == number) ?? throw new UserErrorException("Nobody with that id is enrolled.")) with { Name = name };
                return ([], SealedProfile.Of(profile, _cipher));
            });
        }

        return profile;
    }

    /// <summary>Erases a person.</summary>
    /// <returns>False when nobody has that number.</returns>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public bool Forget(int number)
    {
        var found = false;
        lock (_gate)
        {
            _database.Change((rows, _) =>
            {
                found = rows.Any(r => r.Number == number);
                return (found ? [number] : [], null);
            });
        }

        return found;
    }

    /// <summary>Erases everybody whose consent has ended.</summary>
    /// <returns>Their numbers.</returns>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public IReadOnlyList<int> ForgetExpired()
    {
        lock (_gate)
            return EraseExpired(_database, _time);
    }

    /// <summary>The same without a key.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static IReadOnlyList<int> EraseExpired(string directory, TimeProvider time) => EraseExpired(new SpeakerDatabase(directory), time);

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    private static IReadOnlyList<int> EraseExpired(SpeakerDatabase database, TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        // Most of the time there is nothing to write.
        if (database.Read().All(r => r.Expires > now))
            return [];
        IReadOnlyList<int> ended = [];
        database.Change((rows, _) =>
        {
            ended = [.. rows.Where(r => r.Expires <= now).Select(r => r.Number)];
            return (ended, null);
        });
        return ended;
    }

    private SpeakerProfile? TryOpen(SealedProfile row)
    {
        try
        {
            return row.KeyId == _cipher.KeyId ? row.Open(_cipher) : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a registry holds.</summary>
/// <param name="People">Who can be read, by number.</param>
/// <param name="Unreadable">Numbers of those who cannot: they were enrolled with another key, or their records were changed.</param>
/// <param name="FirstExpiry">When the first consent ends; null when nobody is enrolled.</param>
public sealed record RegistryContents(IReadOnlyList<SpeakerProfile> People, IReadOnlyList<int> Unreadable, DateTimeOffset? FirstExpiry = null)
{
    /// <summary>The person of that name or id (<c>p1</c>); null when there is none.</summary>
    public SpeakerProfile? Find(string nameOrId) =>
        SpeakerName.NumberOf(nameOrId) is { } number ? People.FirstOrDefault(p => p.Number == -number) : People.FirstOrDefault(p => SpeakerName.Same(p.Name, nameOrId.Trim()));
}

/// <summary>Somebody who is to be enrolled.</summary>
/// <param name="Name">See <see cref="SpeakerName.Check"/>.</param>
/// <param name="Consent">That they agreed.</param>
/// <param name="Source">Where the voice was taken from.</param>
/// <param name="Model">SHA-256 of the embedding model.</param>
/// <param name="Material">The voice.</param>
/// <param name="Add">Keep what is known of the person, too, instead of replacing it.</param>
/// <param name="MostPeople">How many may be enrolled.</param>
/// <param name="MostSamples">How many embeddings may be kept.</param>
public sealed record NewEnrolment(
    string Name, ConsentRecord Consent, EnrolmentSource Source, string Model, VoiceMaterial Material, bool Add, int MostPeople, int MostSamples)
{
    internal SpeakerProfile ToProfile(SpeakerProfile? before, int number, DateTimeOffset now)
    {
        if (!Add || before is null || before.Model != Model)
            return new(number, Name, Consent, now, Source, Material.Speech, Model, VoiceMaterial.Bounded(Material.Samples, MostSamples));
        var offset = before.Samples.Max(s => s.Recording) + 1;
        IReadOnlyList<VoiceSample> all = [.. before.Samples, .. Material.Samples.Select(s => s with { Recording = s.Recording + offset })];
        return new(number, Name, Consent, now, Source, before.Speech + Material.Speech, Model, VoiceMaterial.Bounded(all, MostSamples));
    }
}
