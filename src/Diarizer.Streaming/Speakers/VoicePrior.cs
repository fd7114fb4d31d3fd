using System.Numerics.Tensors;

namespace Diarizer.Streaming.Speakers;

/// <summary>What recordings made before the session tell of a voice: the posterior of the voice in the model of <see cref="SessionCentre"/>, whatever was their channel.</summary>
/// <remarks>
/// The mean m of n seconds of one recording is voice + channel + noise, so it tells of the voice with the precision 1 / (Vc + Ve / n), Vc being the variance of channels between
/// enrolment and session. Recordings over several channels tell more than one long recording.
/// </remarks>
internal sealed class VoicePrior
{
    private readonly float[] _mean;

    private VoicePrior(float[] mean, double variance) => (_mean, Variance, Power) = (mean, variance, TensorPrimitives.SumOfSquares(mean));

    /// <summary>Expected voice.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>How far the voice may be from it, summed over the dimensions.</summary>
    public double Variance { get; }

    /// <summary>Squared length of <see cref="Mean"/>.</summary>
    public float Power { get; }

    public static VoicePrior Of(EnrolledVoice voice, SpeakerOptions options, int dimension)
    {
        var mean = new float[dimension];
        var precision = 1 / options.VoiceVariance;
        foreach (var recording in voice.Samples.GroupBy(s => s.Recording))
        {
            var sum = recording.Sum(s => s.Quality);
            var seconds = Math.Max(recording.Max(s => s.Quality), sum * options.IndependentShare);
            var own = 1 / (options.EnrolledChannelVariance + (options.NoiseVariance / seconds));
            precision += own;
            foreach (var sample in recording)
                TensorPrimitives.MultiplyAdd(sample.Embedding, (float)(own * sample.Quality / sum), mean, mean);
        }

        TensorPrimitives.Divide(mean, (float)precision, mean);
        return new VoicePrior(mean, 1 / precision);
    }
}
