using Diarizer.Networks.Devices;
using TorchSharp;

namespace Diarizer.Networks.Tests.Devices;

public sealed class ComputeDeviceTests
{
    [Fact]
    public void The_processor_is_always_there() => Assert.Equal(DeviceType.CPU, ComputeDevice.Choose("CPU").type);

    [Fact]
    public void Automatic_takes_a_gpu_where_there_is_one() =>
        Assert.Equal(torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, ComputeDevice.Choose().type);

    [Fact]
    public void A_gpu_that_is_not_there_is_said_clearly()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "This machine has a GPU.");
        Assert.Contains("no usable GPU", Assert.Throws<UserErrorException>(() => ComputeDevice.Choose("cuda")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounding_of_convolutions_on_a_gpu_can_be_set()
    {
        torch.backends.cudnn.allow_tf32 = false;
        Assert.False(torch.backends.cudnn.allow_tf32);
    }

    [Theory]
    [InlineData("tpu")]
    [InlineData("")]
    [InlineData(null)]
    public void Another_word_is_refused(string? choice) =>
        Assert.Contains("choose auto, cpu or cuda", Assert.Throws<UserErrorException>(() => ComputeDevice.Choose(choice!)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    public void An_absurd_number_of_threads_is_refused(int threads) => Assert.Throws<UserErrorException>(() => ComputeDevice.SetThreads(threads));

    [Fact]
    public void Threads_are_set()
    {
        int before = torch.get_num_threads();
        ComputeDevice.SetThreads(1);
        Assert.Equal(1, torch.get_num_threads());
        ComputeDevice.SetThreads(before);
    }
}
