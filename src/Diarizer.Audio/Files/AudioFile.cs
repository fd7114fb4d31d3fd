using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Files;

/// <summary>Whole recordings in memory, for training, scoring and tests. The daemon streams instead.</summary>
public static class AudioFile
{
    private const int BlockFrames = 16_384;

    /// <summary>Decodes a file to mono (mean of the channels) at its own rate.</summary>
    /// <param name="path">WAV, FLAC, Ogg Vorbis, Opus or MP3.</param>
    /// <param name="sampleRate">The file's rate in Hz.</param>
    /// <returns>Samples in [-1, 1].</returns>
    /// <exception cref="UserErrorException">The file cannot be decoded.</exception>
    public static float[] ReadMono(string path, out int sampleRate)
    {
        using var source = new SndFileSource(path);
        sampleRate = source.Format.SampleRate;
        return Drain(source);
    }

    /// <summary>Decodes a file to the internal form: mono, 16 kHz. Exactly round(frames * 16000 / rate) samples.</summary>
    /// <param name="path">WAV, FLAC, Ogg Vorbis, Opus or MP3, of any rate and channel count.</param>
    /// <returns>Samples in [-1, 1].</returns>
    /// <exception cref="UserErrorException">The file cannot be decoded.</exception>
    public static float[] ReadMono16k(string path)
    {
        var samples = ReadMono(path, out var rate);
        return Resample(samples, rate, SampleClock.Rate);
    }

    /// <summary>Converts a whole signal from one rate to another: exactly round(length * outputRate / inputRate) samples.</summary>
    /// <exception cref="UserErrorException">A rate is out of range.</exception>
    public static float[] Resample(float[] samples, int inputRate, int outputRate)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (inputRate == outputRate) return samples;
        using var resampler = new Resampler(inputRate, outputRate);
        var output = new float[new RateRatio(inputRate, outputRate).OutputPosition(samples.Length)];
        var filled = 0;
        ReadOnlySpan<float> input = samples;
        while (!input.IsEmpty) filled += resampler.Process(ref input, output.AsSpan(filled));
        while (filled < output.Length) filled += resampler.Flush(output.AsSpan(filled));
        return output;
    }

    private static float[] Drain(SndFileSource source)
    {
        var channels = source.Format.Channels;
        var block = new float[BlockFrames * channels];
        // The header's count is a hint to start from: a lying one must not claim the memory.
        var samples = new float[Math.Clamp(source.Frames, BlockFrames, 1 << 26)];
        var count = 0;
        AudioRead read;
        do
        {
            read = source.Read(block);
            if (samples.Length - count < read.Frames) Array.Resize(ref samples, Math.Max(samples.Length * 2, count + read.Frames));
            Downmix.ToMono(block.AsSpan(0, read.Frames * channels), channels, samples.AsSpan(count));
            count += read.Frames;
        }
        while (!read.EndOfStream);
        if (count != samples.Length) Array.Resize(ref samples, count);
        return samples;
    }
}
