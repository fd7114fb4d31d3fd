using Diarizer.Audio.Capturing;

namespace Diarizer.Audio.Tests.Capturing;

public class AllocationTests
{
    private const int Steps = 300;

    [Theory]
    [InlineData(16_000, 1)]
    [InlineData(48_000, 2)]
    public void Steady_capture_allocates_nothing(int rate, int channels)
    {
        var source = new ScriptedSource(new(rate, channels), Tone.Noise(rate * channels), rate / 100, live: true) { Endless = true };
        var queue = new CaptureQueue(16_000);
        using var pump = new CapturePump(source, queue, inSmallPieces: true, TimeProvider.System);
        var buffer = new float[160];
        Turn(pump, queue, buffer, 500);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Turn(pump, queue, buffer, 2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Waking_the_reader_allocates_nothing_on_the_capture_thread()
    {
        var source = new ScriptedSource(new(16_000, 1), Tone.Noise(16_000), 160, live: true) { Endless = true };
        var queue = new CaptureQueue(16_000);
        using var pump = new CapturePump(source, queue, inSmallPieces: true, TimeProvider.System);
        var allocated = -1L;
        var reads = 0;
        var thread = new Thread(() =>
        {
            for (var step = 0; step < 100; step++) StepWhenAwaited();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = 0; step < Steps; step++) StepWhenAwaited();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            queue.End(null);
        });
        void StepWhenAwaited()
        {
            var seen = Volatile.Read(ref reads);
            pump.Step();
            while (Volatile.Read(ref reads) == seen) Thread.Yield();
        }

        thread.Start();
        var buffer = new float[1600];
        while (!(await queue.ReadAsync(buffer, TestContext.Current.CancellationToken)).EndOfStream) Interlocked.Increment(ref reads);
        thread.Join();
        // The thread pool's own queue may grow now and then; one object a step would be at least 24 bytes.
        Assert.InRange(allocated, 0, Steps * 12);
    }

    private static bool AtOnce(ValueTask<CaptureRead> read) => read.IsCompletedSuccessfully;

    private static void Turn(CapturePump pump, CaptureQueue queue, float[] buffer, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            pump.Step();
            while (queue.Count > 0) Assert.True(AtOnce(queue.ReadAsync(buffer, default)));
        }
    }
}
