namespace Diarizer.Audio.Resampling;

/// <summary>Interleaved frames to mono: the mean of the channels, summed in channel order.</summary>
public static class Downmix
{
    /// <summary>Beyond this no sample is audio: a filter or a logarithm behind would overflow.</summary>
    private const float Absurd = 1e9f;

    /// <summary>Writes one sample a frame. NaN, infinite and absurdly large samples count as 0.</summary>
    /// <param name="interleaved">Whole frames.</param>
    /// <param name="channels">Channels a frame.</param>
    /// <param name="mono">Room for one sample a frame; may be the same memory as <paramref name="interleaved"/>.</param>
    /// <returns>How many samples were not numbers one can hear.</returns>
    public static int ToMono(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        var invalid = 0;
        var scale = 1f / channels;
        var frames = interleaved.Length / channels;
        for (var frame = 0; frame < frames; frame++)
        {
            var sum = 0f;
            foreach (var sample in interleaved.Slice(frame * channels, channels))
            {
                // False for NaN as well.
                if (Math.Abs(sample) <= Absurd) sum += sample;
                else invalid++;
            }

            mono[frame] = channels == 1 ? sum : sum * scale;
        }

        return invalid;
    }
}
