using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Files;

/// <summary>Stretches of recordings in the internal form (mono, 16 kHz), decoded without what lies before and after them. Nothing is kept open.</summary>
public static class AudioExcerpt
{
    /// <summary>Samples decoded on both sides of a stretch that is resampled, so that the filter has settled.</summary>
    private const int Margin = 1_600;

    /// <summary>Samples at 16 kHz that a recording's header announces; 0 when it does not say.</summary>
    /// <param name="path">WAV, FLAC, Ogg Vorbis, Opus or MP3.</param>
    /// <exception cref="UserErrorException">The file cannot be decoded.</exception>
    public static long Length(string path)
    {
        using var source = new SndFileSource(path);
        return new RateRatio(source.Format.SampleRate, SampleClock.Rate).OutputPosition(source.Frames);
    }

    /// <summary>Reads a stretch. At 16 kHz it has the samples of the whole decoded file; at other rates the same to within the resampler's ripple.</summary>
    /// <param name="path">WAV, FLAC, Ogg Vorbis, Opus or MP3, of any rate and channel count.</param>
    /// <param name="start">First sample at 16 kHz, 0 or more.</param>
    /// <param name="samples">Gets samples in [-1, 1].</param>
    /// <returns>Samples written; fewer than asked for where the file ends.</returns>
    /// <exception cref="UserErrorException">The file cannot be decoded.</exception>
    public static int Read(string path, long start, Span<float> samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        using var source = new SndFileSource(path);
        return source.Format.SampleRate == SampleClock.Rate ? ReadMono(source, start, samples) : ReadResampled(source, start, samples);
    }

    private static int ReadResampled(SndFileSource source, long start, Span<float> samples)
    {
        // Both clocks meet every `outputs` samples and `inputs` frames: from such a point the stretch has the phase of the whole.
        int rate = source.Format.SampleRate, common = GreatestCommonDivisor(rate, SampleClock.Rate);
        long inputs = rate / common, outputs = SampleClock.Rate / common;
        long meeting = Math.Max(0, start - Margin) / outputs;
        int skipped = (int)(start - meeting * outputs);
        var input = new float[((long)skipped + samples.Length + Margin) * rate / SampleClock.Rate + 1];
        int got = ReadMono(source, meeting * inputs, input);
        var output = AudioFile.Resample(input[..got], rate, SampleClock.Rate).AsSpan();
        int count = Math.Clamp(output.Length - skipped, 0, samples.Length);
        output.Slice(Math.Min(skipped, output.Length), count).CopyTo(samples);
        return count;
    }

    private static int ReadMono(SndFileSource source, long start, Span<float> mono)
    {
        int channels = source.Format.Channels, count = 0;
        if (start > 0 && !source.SeekTo(start)) return 0;
        var frames = channels == 1 ? [] : new float[mono.Length * channels];
        AudioRead read;
        do
        {
            var rest = channels == 1 ? mono[count..] : frames.AsSpan(count * channels);
            read = source.Read(rest);
            Downmix.ToMono(rest[..(read.Frames * channels)], channels, mono[count..]);
            count += read.Frames;
        }
        while (count < mono.Length && !read.EndOfStream);
        return count;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
