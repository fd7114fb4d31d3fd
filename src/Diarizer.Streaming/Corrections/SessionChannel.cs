using System.Numerics.Tensors;

namespace Diarizer.Streaming.Corrections;

/// <summary>The channel of a session: what all voices in it have in common.</summary>
internal static class SessionChannel
{
    private const double Nothing = 1e-9;

    /// <summary>The posterior mean of the channel, given what is known of the voices about it.</summary>
    /// <param name="windows">Prior variances.</param>
    /// <param name="evidence">Precision of each voice's sum: K values.</param>
    /// <param name="sums">Points of each voice times their precisions: [K] of d values.</param>
    /// <param name="channel">Gets d values.</param>
    public static void Estimate(MappedWindows windows, ReadOnlySpan<double> evidence, IReadOnlyList<float[]> sums, Span<float> channel)
    {
        var precision = new float[channel.Length];
        for (int d = 0; d < channel.Length; d++)
            precision[d] = 1 / windows.Channel[d];
        channel.Clear();
        for (int k = 0; k < evidence.Length; k++)
        {
            if (evidence[k] < Nothing)
                continue;
            float own = (float)(1 / evidence[k]);
            for (int d = 0; d < channel.Length; d++)
            {
                float weight = 1 / (windows.Voice[d] + own);
                precision[d] += weight;
                channel[d] += weight * own * sums[k][d];
            }
        }

        TensorPrimitives.Divide(channel, precision, channel);
    }
}
