using Diarizer.Service.Options;

namespace Diarizer.Service.Tests.Options;

public class StateDirectoryTests
{
    [Theory]
    [InlineData("/srv/state", "/var/lib/diarizer", "/x", "/home/u", "/srv/state")]
    [InlineData(null, "/var/lib/diarizer:/var/lib/other", "/x", "/home/u", "/var/lib/diarizer")]
    [InlineData(null, null, "/x", "/home/u", "/x/diarizer")]
    [InlineData(null, null, "relative", "/home/u", "/home/u/.local/state/diarizer")]
    [InlineData("", "", "", "/home/u", "/home/u/.local/state/diarizer")]
    public void The_first_that_is_given_wins(string? configured, string? systemd, string? xdg, string? home, string expected)
    {
        Dictionary<string, string?> environment = new() { ["STATE_DIRECTORY"] = systemd, ["XDG_STATE_HOME"] = xdg, ["HOME"] = home };
        Assert.Equal(expected, StateDirectory.Locate(configured, environment.GetValueOrDefault));
    }

    [Fact]
    public void Without_a_home_it_is_in_the_working_directory() =>
        Assert.Equal(Path.GetFullPath("state"), StateDirectory.Locate(null, _ => null));
}
