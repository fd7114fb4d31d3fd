using Diarizer.Service.Identity;

namespace Diarizer.Service.Tests.Identity;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EnrolmentKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_is_made_once_and_for_its_owner_alone()
    {
        var path = _folder.File("keys/enrolment.key");
        EnrolmentKey.Create(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var key = EnrolmentKey.Read(path);
        Assert.Equal(EnrolmentKey.Length, key.Length);
        Assert.Contains("exists already", Assert.Throws<UserErrorException>(() => EnrolmentKey.Create(path)).Message, StringComparison.Ordinal);
        Assert.Equal(key, EnrolmentKey.Read(path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_may_touch_is_refused(UnixFileMode loose)
    {
        var path = _folder.File("key");
        EnrolmentKey.Create(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | loose);
        Assert.Contains("chmod 600", Assert.Throws<UserErrorException>(() => EnrolmentKey.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void What_is_no_key_is_refused(string content)
    {
        var path = _folder.Write("key", content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Contains("is no key", Assert.Throws<UserErrorException>(() => EnrolmentKey.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_there_is_missed_with_the_command_that_makes_it() =>
        Assert.Contains("diarizer key", Assert.Throws<UserErrorException>(() => EnrolmentKey.Read(_folder.File("none"))).Message, StringComparison.Ordinal);
}
