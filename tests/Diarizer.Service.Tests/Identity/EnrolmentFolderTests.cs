using Diarizer.Service.Identity;

namespace Diarizer.Service.Tests.Identity;

public sealed class EnrolmentFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EnrolmentFolderTests()
    {
        Directory.CreateDirectory(_folder.File("open/in"));
        _folder.Write("open/in/ann.wav", "");
        _folder.Write("secret.wav", "");
        File.CreateSymbolicLink(_folder.File("open/link.wav"), _folder.File("secret.wav"));
        Directory.CreateSymbolicLink(_folder.File("open/out"), _folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recordings_in_the_folder_are_found() =>
        Assert.Equal(_folder.File("open/in/ann.wav"), EnrolmentFolder.Resolve(_folder.File("open"), "in/ann.wav", "files[0]"));

    [Theory]
    [InlineData("../secret.wav")]
    [InlineData("in/../../secret.wav")]
    [InlineData("/etc/passwd")]
    [InlineData("link.wav")]
    [InlineData("out/secret.wav")]
    [InlineData("none.wav")]
    [InlineData("in")]
    [InlineData("")]
    public void Nothing_else_is_read_and_the_refusal_does_not_tell_what_there_is(string file) => Assert.Equal(
        "files[0] is no file in the folder for enrolments.", Assert.Throws<UserErrorException>(() => EnrolmentFolder.Resolve(_folder.File("open"), file, "files[0]")).Message);

    [Fact]
    public void Without_a_folder_no_recording_is_taken() =>
        Assert.Contains("Enrolment:Folder", Assert.Throws<UserErrorException>(() => EnrolmentFolder.Resolve(null, "ann.wav", "files[0]")).Message, StringComparison.Ordinal);
}
