namespace Diarizer.Streaming.Corrections;

/// <summary>The Gaussians that windows are explained by: a channel of the session, voices about it, noise about each voice; see <c>SessionCentre</c>.</summary>
/// <param name="VoiceVariance">Of voices about the channel, summed over the dimensions.</param>
/// <param name="ChannelVariance">Of the channel about 0, summed over the dimensions.</param>
/// <param name="NoiseVariance">Of one second of speech about its voice, summed over the dimensions.</param>
/// <param name="EvidenceScale">Share of a window's evidence that counts (F_A of Landini et al. 2022).</param>
/// <param name="PriorScale">Weight of a voice's prior (F_B there).</param>
/// <param name="StayProbability">Probability of no change of speaker within <see cref="Tick"/> (P_loop there).</param>
internal sealed record VoiceModel(double VoiceVariance, double ChannelVariance, double NoiseVariance, double EvidenceScale, double PriorScale, double StayProbability)
{
    /// <summary>Seconds that <see cref="StayProbability"/> is for.</summary>
    public const double Tick = 0.25;

    /// <summary>The probability that nobody takes over between two windows whose centres lie so many seconds apart.</summary>
    public double Stay(double seconds) => Math.Pow(StayProbability, seconds / Tick);
}
