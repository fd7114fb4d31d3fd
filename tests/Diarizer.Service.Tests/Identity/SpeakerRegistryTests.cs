using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Diarizer.Service.Identity;
using Diarizer.Streaming.Enrolment;
using Diarizer.Streaming.Speakers;
using Microsoft.Data.Sqlite;

namespace Diarizer.Service.Tests.Identity;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SpeakerRegistryTests : IDisposable
{
    private const string Model = "0123abcd";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private SpeakerRegistry Open(byte[]? key = null) => new(_folder.Path, key ?? _key, _clock);

    public void Dispose() => _folder.Dispose();

    private static VoiceSample Sample(int seed, int recording = 0)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, 256).Select(_ => (float)random.NextDouble())], 1.4, recording);
    }

    private NewEnrolment Person(string name, int seed = 1, bool add = false, int days = 30, int most = 10, int samples = 6, string model = Model) => new(
        name, new ConsentRecord("minutes", name, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(days)), EnrolmentSource.Files, model,
        new VoiceMaterial([.. Enumerable.Range(0, 4).Select(i => Sample(seed + i))], 9.5), add, most, samples);

    private IEnumerable<byte[]> Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes);

    private bool IsAnywhere(ReadOnlySpan<byte> bytes)
    {
        foreach (var file in Files())
        {
            if (file.AsSpan().IndexOf(bytes) >= 0)
                return true;
        }

        return false;
    }

    [Fact]
    public void People_outlive_the_process_and_read_the_same()
    {
        SpeakerProfile ann;
        using (var registry = Open())
            ann = registry.Enrol(Person("Ann"));
        using var again = Open();
        var read = Assert.Single(again.Read().People);
        Assert.Equal((ann.Number, "Ann", "p1", ann.Consent, ann.EnrolledAt, ann.Speech, Model), (read.Number, read.Name, read.Id, read.Consent, read.EnrolledAt, read.Speech, read.Model));
        Assert.Equal(ann.Samples.SelectMany(s => s.Embedding), read.Samples.SelectMany(s => s.Embedding));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "speakers.db")));
    }

    [Fact]
    public void Nothing_of_a_person_lies_open_on_disk()
    {
        using var registry = Open();
        var ann = registry.Enrol(Person("Ann Unmistakable"));
        Assert.False(IsAnywhere("Ann Unmistakable"u8));
        Assert.False(IsAnywhere("minutes"u8));
        Assert.All(ann.Samples, s => Assert.False(IsAnywhere(MemoryMarshal.AsBytes<float>(s.Embedding.AsSpan(10, 4)))));
    }

    [Fact]
    public void Another_key_opens_nothing_and_breaks_nothing()
    {
        using (var registry = Open())
            registry.Enrol(Person("Ann"));
        using (var stranger = Open(RandomNumberGenerator.GetBytes(32)))
        {
            Assert.Empty(stranger.Read().People);
            Assert.Equal([1], stranger.Read().Unreadable);
        }

        using var again = Open();
        Assert.Single(again.Read().People);
    }

    [Theory]
    [InlineData("UPDATE people SET expires = expires + 1000000")]
    [InlineData("UPDATE people SET model = 'other'")]
    [InlineData("UPDATE people SET number = 7")]
    [InlineData("UPDATE people SET content = zeroblob(length(content))")]
    [InlineData("UPDATE people SET content = x'00'")]
    public void A_record_that_was_changed_is_not_believed(string change)
    {
        using var registry = Open();
        registry.Enrol(Person("Ann"));
        Execute(change);
        Assert.Empty(registry.Read().People);
        Assert.Single(registry.Read().Unreadable);
    }

    [Fact]
    public void Enrolling_again_keeps_the_number_and_replaces_or_adds()
    {
        using var registry = Open();
        registry.Enrol(Person("Ann"));
        var replaced = registry.Enrol(Person("ANN", seed: 50));
        Assert.Equal((1, 4, 9.5), (replaced.Number, replaced.Samples.Count, replaced.Speech));
        var added = registry.Enrol(Person("Ann", seed: 90, add: true));
        Assert.Equal((1, 6, 19.0, 2), (added.Number, added.Samples.Count, added.Speech, added.Recordings));
        // What another model made cannot be added to.
        Assert.Equal(4, registry.Enrol(Person("Ann", seed: 9, add: true, model: "another")).Samples.Count);
        Assert.Single(registry.Read().People);
    }

    [Fact]
    public void After_forgetting_no_byte_of_the_voiceprint_is_left_and_the_number_is_not_given_again()
    {
        using var registry = Open();
        registry.Enrol(Person("Ann"));
        registry.Enrol(Person("Bob", seed: 20));
        var sealedBefore = Rows();
        registry.Rename(1, "Ann Other");
        registry.Enrol(Person("Ann Other", seed: 70));
        var sealedAfter = Rows();
        Assert.True(registry.Forget(1));
        Assert.False(registry.Forget(1));
        foreach (var content in (byte[][])[sealedBefore[0], sealedAfter[0]])
        {
            for (var at = 0; at + 16 <= content.Length; at += 16)
                Assert.False(IsAnywhere(content.AsSpan(at, 16)), $"byte {at}");
        }

        Assert.True(IsAnywhere(sealedAfter[1].AsSpan(0, 64)));
        Assert.Equal(["Bob"], registry.Read().People.Select(p => p.Name));
        Assert.Equal(3, registry.Enrol(Person("Cleo", seed: 33)).Number);
        Assert.Equal(["speakers.db"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_consent_that_ended_erases_even_without_the_key()
    {
        using (var registry = Open())
        {
            registry.Enrol(Person("Ann", days: 10));
            registry.Enrol(Person("Bob", days: 20));
            Assert.Empty(registry.ForgetExpired());
        }

        var content = Rows()[0];
        _clock.Advance(TimeSpan.FromDays(11));
        using var later = Open();
        Assert.Equal(["Bob"], later.Read().People.Select(p => p.Name));
        Assert.Equal([1], SpeakerRegistry.EraseExpired(_folder.Path, _clock));
        Assert.False(IsAnywhere(content.AsSpan(0, 32)));
    }

    [Fact]
    public void Names_are_unique_and_people_limited()
    {
        using var registry = Open();
        registry.Enrol(Person("Ann"));
        registry.Enrol(Person("Bob"));
        Assert.Contains("Somebody else", Assert.Throws<UserErrorException>(() => registry.Rename(2, "ann")).Message, StringComparison.Ordinal);
        Assert.Equal("Robert", registry.Rename(2, "Robert").Name);
        Assert.Contains("MaximumEnrolled", Assert.Throws<UserErrorException>(() => registry.Enrol(Person("Cleo", most: 2))).Message, StringComparison.Ordinal);
        Assert.Equal(2, registry.Enrol(Person("ROBERT", most: 2)).Number);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_and_left_alone()
    {
        var text = "this is no database, though it is called one; it is long enough to be looked at by SQLite as a header of one hundred bytes or so.";
        _folder.Write("speakers.db", text);
        using var registry = Open();
        Assert.Contains("damaged", Assert.Throws<UserErrorException>(() => registry.Enrol(Person("Ann"))).Message, StringComparison.Ordinal);
        Assert.Equal(text, Encoding.UTF8.GetString(File.ReadAllBytes(_folder.File("speakers.db"))));
    }

    private List<byte[]> Rows()
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT content FROM people ORDER BY number";
        using var reader = command.ExecuteReader();
        List<byte[]> rows = [];
        while (reader.Read())
            rows.Add((byte[])reader[0]);
        return rows;
    }

    private void Execute(string text)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_folder.File("speakers.db")};Pooling=false");
        connection.Open();
        return connection;
    }
}
