using System.Net;
using Diarizer.Audio.Network;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Network;

public class EndpointTargetTests
{
    [Theory]
    [InlineData("rtp://0.0.0.0:5006", "0.0.0.0", 5006)]
    [InlineData("rtp://0.0.0.0:5006/", "0.0.0.0", 5006)]
    [InlineData("rtp://10.0.0.1", "10.0.0.1", 5004)]
    [InlineData("rtp://:6000", "0.0.0.0", 6000)]
    [InlineData("rtp://", "0.0.0.0", 5004)]
    [InlineData("rtp:", "0.0.0.0", 5004)]
    [InlineData("rtp://[::1]:7000", "::1", 7000)]
    [InlineData("rtp://[::]", "::", 5004)]
    public void Addresses(string text, string address, int port)
    {
        var uri = SourceUri.Parse(text);
        Assert.Equal(new(IPAddress.Parse(address), port), EndpointTarget.Parse(uri, 5004).Listening(uri));
    }

    [Theory]
    [InlineData("rtp://10.0.0.1:")]
    [InlineData("rtp://10.0.0.1:0")]
    [InlineData("rtp://10.0.0.1:x")]
    [InlineData("rtp://[::1]x")]
    [InlineData("rtp://a b:1")]
    public void No_addresses(string text) => Assert.Throws<UserErrorException>(() => EndpointTarget.Parse(SourceUri.Parse(text), 5004));
}
