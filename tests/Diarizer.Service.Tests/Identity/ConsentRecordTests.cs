using Diarizer.Service.Identity;

namespace Diarizer.Service.Tests.Identity;

public class ConsentRecordTests
{
    private static readonly ManualClock Clock = new();

    private static ConsentRecord Read(string? purpose = "minutes", string? givenBy = "Ann", string? givenAt = null, string? expires = "30d") =>
        ConsentRecord.Read(purpose, givenBy, givenAt, expires, Clock);

    [Fact]
    public void Days_and_dates_are_understood()
    {
        var now = Clock.GetUtcNow();
        Assert.Equal(new ConsentRecord("minutes", "Ann", now, now.AddDays(30)), Read());
        var year = now.Year + 1;
        Assert.Equal(new DateTimeOffset(year, 5, 2, 0, 0, 0, TimeSpan.Zero), Read(expires: $"{year}-05-01").Expires);
        Assert.Equal(new DateTimeOffset(now.Year - 1, 5, 1, 0, 0, 0, TimeSpan.Zero), Read(givenAt: $"{now.Year - 1}-05-01").GivenAt);
        Assert.False(Read().HasEnded(now.AddDays(29)));
        Assert.True(Read().HasEnded(now.AddDays(30)));
    }

    [Theory]
    [InlineData(null, "Ann", "30d", "purpose")]
    [InlineData("minutes", " ", "30d", "given by")]
    [InlineData("minutes", "Ann", null, "expires")]
    [InlineData("minutes", "Ann", "2001-01-01", "has ended")]
    [InlineData("minutes", "Ann", "9999-01-01", "10 years")]
    [InlineData("minutes", "Ann", "9999-12-31", "10 years")]
    [InlineData("minutes", "Ann", "soon", "must be a date")]
    [InlineData("minutes", "Ann", "99999999999d", "must be")]
    [InlineData("minu\ntes", "Ann", "30d", "control characters")]
    public void Without_a_full_record_nobody_is_enrolled(string? purpose, string? givenBy, string? expires, string why) =>
        Assert.Contains(why, Assert.Throws<UserErrorException>(() => Read(purpose, givenBy, null, expires)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Ann", true)]
    [InlineData("Zoë Brontë-O’Neill", true)]
    [InlineData("", false)]
    [InlineData("a\u0007", false)]
    [InlineData("s3", false)]
    [InlineData("P12", false)]
    [InlineData("unknown", false)]
    public void Names_are_names(string name, bool isName)
    {
        if (isName)
            Assert.Equal(name, SpeakerName.Check($" {name} "));
        else
            Assert.Throws<UserErrorException>(() => SpeakerName.Check(name));
    }
}
