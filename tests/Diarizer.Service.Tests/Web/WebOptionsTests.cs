using Diarizer.Service.Web;

namespace Diarizer.Service.Tests.Web;

public sealed class WebOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_for_this_machine_alone()
    {
        var options = new WebOptions();
        Assert.Empty(options.Validate("Diarizer:Web"));
        Assert.True(options.IsLoopback);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.168.1.7")]
    public void What_other_machines_can_reach_takes_a_token(string address)
    {
        var open = new WebOptions { Address = address };
        Assert.Contains("Diarizer:Web:TokenFile", Assert.Single(open.Validate("Diarizer:Web")), StringComparison.Ordinal);
        Assert.Empty((open with { TokenFile = "page-token" }).Validate("Diarizer:Web"));
        Assert.Empty((open with { Enabled = false }).Validate("Diarizer:Web"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void Loopback_takes_none(string address) => Assert.Empty(new WebOptions { Address = address }.Validate("Diarizer:Web"));

    [Fact]
    public void Everything_that_is_wrong_is_told()
    {
        var wrong = new WebOptions { Address = "localhost:80", Port = 70000, MaxPages = 0, Hosts = ["https://rooms.example"] };
        Assert.Equal(
            [
                "Diarizer:Web:Address is \"localhost:80\"; it must be an IP address, such as 127.0.0.1 for this machine alone or 0.0.0.0 for every network.",
                "Diarizer:Web:Port is 70000; it must be from 0 to 65535.",
                "Diarizer:Web:MaxPages is 0; it must be from 1 to 256.",
                "Diarizer:Web:Hosts has \"https://rooms.example\"; it must be a name such as rooms.example, without a scheme or port.",
            ],
            wrong.Validate("Diarizer:Web"));
    }
}
