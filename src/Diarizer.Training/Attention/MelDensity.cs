using Diarizer.Features;

namespace Diarizer.Training.Attention;

/// <summary>
/// The control of Yang et al. that no teacher is needed for: as many weights to a band of frequencies as mel filters would lie in it. A network that gains
/// as much from this as from a teacher has only learned that low frequencies count more.
/// </summary>
internal static class MelDensity
{
    /// <summary>The name of these weights.</summary>
    public const string Name = "mel";

    /// <summary>
    /// The derivative of the mel scale at each bin of a spectrogram, 1 / (700 + f) up to a factor; 1 for each bin of a log-mel front end, whose bins lie
    /// equally dense already. The largest is 1.
    /// </summary>
    public static FrequencyWeights Of(FrontEnd frontEnd)
    {
        double[] hertz = [.. frontEnd.CentreHertz];
        return new FrequencyWeights
        {
            Name = Name,
            Origin = "density of the mel scale",
            Hertz = hertz,
            Weights = [.. hertz.Select(f => frontEnd is LogMel ? 1 : (float)((700 + hertz[0]) / (700 + f)))],
        };
    }
}
