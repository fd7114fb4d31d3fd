using Diarizer.Audio.Live;

namespace Diarizer.Audio.Tests.Live;

public class PushBufferTests
{
    private static readonly TimeSpan NoPatience = TimeSpan.Zero;

    [Fact]
    public void Frames_come_out_as_they_went_in()
    {
        var buffer = new PushBuffer(4, channels: 2);
        var room = new float[6];
        for (var round = 0; round < 5; round++)
        {
            buffer.Push([1, 2, 3, 4, 5, 6]);
            Assert.Equal(new DeviceRead(3), buffer.Read(room, NoPatience));
            Assert.Equal([1, 2, 3, 4, 5, 6], room);
        }
    }

    [Fact]
    public void What_does_not_fit_is_one_exact_loss()
    {
        var buffer = new PushBuffer(4, channels: 1);
        var room = new float[8];
        buffer.Push([1, 2, 3]);
        buffer.Push([4, 5]);
        buffer.Push([6]);
        Assert.Equal(new DeviceRead(3), buffer.Read(room, NoPatience));
        Assert.Equal(new DeviceRead(0, 0, 3), buffer.Read(room, NoPatience));
        buffer.Push([7]);
        Assert.Equal(new DeviceRead(1), buffer.Read(room, NoPatience));
        Assert.Equal(7, room[0]);
    }

    [Fact]
    public void A_failure_comes_after_the_last_frame()
    {
        var buffer = new PushBuffer(4, channels: 1);
        buffer.Push([1]);
        buffer.Fail("unplugged");
        Assert.Null(buffer.Read(new float[4], NoPatience).Fault);
        Assert.Equal("unplugged", buffer.Read(new float[4], NoPatience).Fault);
    }
}
