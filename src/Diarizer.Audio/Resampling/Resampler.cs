using System.Runtime.InteropServices;
using Diarizer.Audio.Native;

namespace Diarizer.Audio.Resampling;

/// <summary>
/// Streaming mono resampler (libsoxr, "HQ": 20 bits, linear phase). After <see cref="Flush"/> exactly round(in * OutputRate / InputRate)
/// samples have come out, however the input was cut into pieces, and the samples are the same bit for bit. Equal rates pass through.
/// Allocates nothing after construction. Not for several threads at once.
/// </summary>
public sealed unsafe class Resampler : IDisposable
{
    /// <summary>Lowest rate accepted, in Hz.</summary>
    public const int MinRate = 1_000;

    /// <summary>Highest rate accepted, in Hz.</summary>
    public const int MaxRate = 768_000;

    private readonly RateRatio _ratio;
    private readonly SoxrHandle? _soxr;
    private bool _draining;

    /// <summary>Prepares a conversion.</summary>
    /// <exception cref="UserErrorException">A rate is out of range, or libsoxr is missing.</exception>
    public Resampler(int inputRate, int outputRate = SampleClock.Rate)
    {
        CheckRate(inputRate);
        CheckRate(outputRate);
        _ratio = new(inputRate, outputRate);
        if (inputRate == outputRate) return;

        Soxr.Require();
        // Small transforms keep the delay low: libsoxr collects a whole transform of input before anything comes out.
        var runtime = new Soxr.RuntimeSpec { Log2MinDftSize = 8, Log2LargeDftSize = 8, CoefficientKilobytes = 400, Threads = 1 };
        _soxr = Soxr.Create(inputRate, outputRate, 1, out var error, 0, 0, in runtime);
        Check(error);
    }

    /// <summary>Frames taken in so far, skipped ones included.</summary>
    public long FramesIn { get; private set; }

    /// <summary>Samples given out so far, gaps included.</summary>
    public long SamplesOut { get; private set; }

    /// <summary>Takes from the front of <paramref name="input"/> and fills <paramref name="output"/>; call until the input is empty.</summary>
    /// <returns>Samples written; may be 0 while the filter fills.</returns>
    public int Process(ref ReadOnlySpan<float> input, Span<float> output)
    {
        if (_draining) Restart();
        if (_soxr is null) return PassThrough(ref input, output);
        nuint taken, given;
        fixed (float* from = &MemoryMarshal.GetReference(input), to = &MemoryMarshal.GetReference(output))
        {
            // An empty span has no address, and libsoxr takes "no address" for the end of the input.
            if (from is null) return 0;
            Check(Soxr.Process(_soxr, from, (nuint)input.Length, out taken, to, (nuint)output.Length, out given));
        }

        input = input[(int)taken..];
        FramesIn += (long)taken;
        SamplesOut += (long)given;
        return (int)given;
    }

    /// <summary>Gives out what the filter still holds; call until it returns 0. Later input starts a new filter on the same clock.</summary>
    /// <returns>Samples written.</returns>
    public int Flush(Span<float> output)
    {
        if (_soxr is null) return 0;
        _draining = true;
        var due = (int)Math.Min(output.Length, _ratio.OutputPosition(FramesIn) - SamplesOut);
        if (due <= 0) return 0;
        nuint given;
        fixed (float* to = output)
            Check(Soxr.Process(_soxr, null, 0, out _, to, (nuint)due, out given));
        if (given == 0)
        {
            output[..due].Clear();
            given = (nuint)due;
        }

        SamplesOut += (long)given;
        return (int)given;
    }

    /// <summary>Advances the clock over frames that were lost; <see cref="Flush"/> first.</summary>
    /// <returns>The gap in output samples. Remainders carry over: the sum of all gaps and samples stays exact.</returns>
    public long Skip(long lostFrames)
    {
        FramesIn += lostFrames;
        var gap = _ratio.OutputPosition(FramesIn) - SamplesOut;
        SamplesOut += gap;
        return gap;
    }

    /// <inheritdoc/>
    public void Dispose() => _soxr?.Dispose();

    /// <summary>Says whether a rate can be converted.</summary>
    /// <exception cref="UserErrorException">It cannot.</exception>
    public static void CheckRate(int rate)
    {
        if (rate is < MinRate or > MaxRate)
            throw new UserErrorException($"A sample rate of {rate} Hz cannot be used; it must lie between {MinRate} and {MaxRate} Hz.");
    }

    private int PassThrough(ref ReadOnlySpan<float> input, Span<float> output)
    {
        var count = Math.Min(input.Length, output.Length);
        input[..count].CopyTo(output);
        input = input[count..];
        FramesIn += count;
        SamplesOut += count;
        return count;
    }

    private void Restart()
    {
        _draining = false;
        if (_soxr is not null) Check(Soxr.Clear(_soxr));
    }

    private static void Check(nint error)
    {
        if (error != 0) throw new InvalidOperationException($"libsoxr: {Marshal.PtrToStringUTF8(error)}.");
    }
}
