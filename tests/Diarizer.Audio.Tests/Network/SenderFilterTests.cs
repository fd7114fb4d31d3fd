using System.Net;
using Diarizer.Audio.Network;

namespace Diarizer.Audio.Tests.Network;

public class SenderFilterTests
{
    [Theory]
    [InlineData("192.168.1.20", "192.168.1.20", true)]
    [InlineData("192.168.1.20", "192.168.1.21", false)]
    [InlineData("192.168.1.0/24", "192.168.1.255", true)]
    [InlineData("192.168.1.0/24", "192.168.2.1", false)]
    [InlineData("192.168.1.77/24", "192.168.1.1", true)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "8.8.8.8", true)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::/8", "fe80::1", false)]
    [InlineData("10.0.0.1,fd00::/8", "fd12::1", true)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    public void Networks(string filter, string sender, bool isAllowed)
    {
        var (senders, address) = (SenderFilter.Parse(filter, "rtp:"), IPAddress.Parse(sender));
        Assert.Equal(isAllowed, senders.Allows(address));
        Assert.Equal(isAllowed, senders.Allows(new IPEndPoint(address, 5004).Serialize()));
    }

    [Fact]
    public void Everybody_without_a_filter() => Assert.True(SenderFilter.Parse(null, "rtp:").Allows(IPAddress.Loopback));
}
