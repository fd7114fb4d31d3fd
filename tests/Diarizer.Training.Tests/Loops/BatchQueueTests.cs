using Diarizer.Training.Loops;

namespace Diarizer.Training.Tests.Loops;

public class BatchQueueTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 7)]
    public void BatchesComeInOrderWhateverTheWorkers(int workers, int first)
    {
        using var queue = new BatchQueue(() => new StepMaker(), workers, first, 30);
        for (long step = first; step < 30; step++)
        {
            using var batch = queue.Take(step);
            Assert.Equal(step, batch.Targets[0]);
        }
    }

    [Fact]
    public void MakesOnlyAFewAhead()
    {
        var maker = new StepMaker();
        using var queue = new BatchQueue(() => maker, 1, 0, 1_000);
        queue.Take(0).Dispose();
        Thread.Sleep(100);
        Assert.InRange(maker.Made, 1, 5);
    }

    [Fact]
    public void UserErrorsOfAWorkerReachTheLoop()
    {
        using var queue = new BatchQueue(() => new StepMaker { FailAt = 2 }, 1, 0, 10);
        queue.Take(0).Dispose();
        queue.Take(1).Dispose();
        Assert.Equal("broken", Assert.Throws<UserErrorException>(() => queue.Take(2)).Message);
    }

    private sealed class StepMaker : IBatchMaker
    {
        private int _made;

        public int Made => _made;

        public long FailAt { get; init; } = -1;

        public PreparedBatch Make(long step)
        {
            if (step == FailAt)
                throw new UserErrorException("broken");
            Interlocked.Increment(ref _made);
            var batch = new PreparedBatch(1, 1, 1, 1);
            batch.Targets[0] = step;
            return batch;
        }
    }
}
