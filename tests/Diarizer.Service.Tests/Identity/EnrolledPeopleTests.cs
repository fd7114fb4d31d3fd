using System.Security.Cryptography;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Identity;
using Diarizer.Streaming.Enrolment;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Tests.Identity;

public sealed class EnrolledPeopleTests : IDisposable
{
    private const string Model = "0123abcd";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly Announcements _told = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Notes what is announced.</summary>
    private sealed class Announcements : IEnrolmentAnnouncements
    {
        public List<string> Heard { get; } = [];

        public void Erased(string id, bool consentEnded) => Heard.Add($"{id} erased{(consentEnded ? ", consent ended" : "")}");

        public void Changed(IReadOnlyList<string> degraded) => Heard.AddRange(degraded);

        public void Renamed(string id, string name) => Heard.Add($"{id} is {name}");

        public Task EraseAsync(SpeakerRedaction redaction)
        {
            Heard.Add("redacted");
            return Task.CompletedTask;
        }
    }

    private SpeakerRegistry Open() => new(_folder.Path, _key, _clock);

    private EnrolledPeople People(SpeakerRegistry registry, string model = Model) => new(new(registry, null, false), model, new StreamDirectory(), _told);

    public void Dispose() => _folder.Dispose();

    private void Enrol(SpeakerRegistry registry, string name, int days = 30) => registry.Enrol(new(
        name, new ConsentRecord("minutes", name, _clock.GetUtcNow(), _clock.GetUtcNow().AddDays(days)), EnrolmentSource.Files, Model,
        new VoiceMaterial([new VoiceSample([1, 0], 1.4)], 9), false, 10, 10));

    [Fact]
    public async Task Sessions_begin_with_everybody_whose_voiceprint_is_of_the_model()
    {
        using var registry = Open();
        Enrol(registry, "Ann");
        Enrol(registry, "Bob");
        using var people = People(registry);
        await people.RefreshAsync();
        var names = new SpeakerNames();
        Assert.Equal([-1, -2], people.JoinSession(names, 10).Select(v => v.Id));
        Assert.Equal(("Ann", "Bob"), (names.Of(-1), names.Of(-2)));
        Assert.Equal([-1], people.JoinSession(new SpeakerNames(), 1).Select(v => v.Id));
        Assert.Empty(people.Degraded);
    }

    [Fact]
    public async Task A_new_name_is_told()
    {
        using var registry = Open();
        Enrol(registry, "Ann");
        using var people = People(registry);
        await people.RefreshAsync();
        registry.Rename(1, "Anna");
        await people.RefreshAsync();
        await people.RefreshAsync();
        Assert.Equal(["p1 is Anna"], _told.Heard);
    }

    [Fact]
    public async Task Another_model_asks_for_enrolling_again_without_telling_names()
    {
        using var registry = Open();
        Enrol(registry, "Ann");
        using var people = People(registry, model: "another");
        await people.RefreshAsync();
        Assert.Empty(people.JoinSession(new SpeakerNames(), 10));
        var degraded = Assert.Single(people.Degraded);
        Assert.Contains("enrol again (p1)", degraded, StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", degraded, StringComparison.Ordinal);
        Assert.Equal([degraded], _told.Heard);
    }

    [Fact]
    public async Task The_end_of_a_consent_erases_and_is_told()
    {
        using var registry = Open();
        Enrol(registry, "Ann", days: 1);
        Enrol(registry, "Bob");
        using var people = People(registry);
        await people.RefreshAsync();
        _clock.Advance(TimeSpan.FromDays(2));
        await people.RefreshAsync();
        Assert.Equal(["redacted", "p1 erased, consent ended"], _told.Heard);
        Assert.Equal([-2], people.JoinSession(new SpeakerNames(), 10).Select(v => v.Id));
    }

    [Fact]
    public async Task What_another_process_changes_is_taken_over()
    {
        using var registry = Open();
        using var people = People(registry);
        await people.RefreshAsync();
        using (var command = Open())
            Enrol(command, "Ann");
        await people.RefreshAsync();
        Assert.Single(people.JoinSession(new SpeakerNames(), 10));
        using (var command = Open())
            Assert.True(command.Forget(1));
        await people.RefreshAsync();
        Assert.Empty(people.JoinSession(new SpeakerNames(), 10));
        Assert.Equal(["redacted", "p1 erased"], _told.Heard);
    }

    [Fact]
    public async Task Without_a_key_enrolment_is_off_and_says_why()
    {
        var opened = OpenedRegistry.Open(new EnrolmentSettings { KeyFile = _folder.File("none") }, _folder.Path, _clock);
        using var people = new EnrolledPeople(opened, Model, new StreamDirectory(), _told);
        await people.RefreshAsync();
        Assert.Contains("diarizer key", Assert.Throws<UserErrorException>(() => people.Registry).Message, StringComparison.Ordinal);
        Assert.Contains("diarizer key", Assert.Single(people.Degraded), StringComparison.Ordinal);
        Assert.Empty(people.JoinSession(new SpeakerNames(), 10));
    }
}
