using Diarizer.Training.Speakers;
using Diarizer.Training.Throughput;

namespace Diarizer.Training.Tests.Throughput;

public class SpeedTestTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TrainingIsMeasured(bool half) =>
        Assert.InRange(SpeedTest.Training(speakers: 2, seconds: 0.5, steps: 1, half ? TrunkPrecision.BFloat16 : TrunkPrecision.Float32), 0.1, 100_000);

    [Fact]
    public void InferenceIsMeasured() => Assert.InRange(SpeedTest.Inference(batch: 2, seconds: 0.5, calls: 2), 0.1, 100_000);
}
