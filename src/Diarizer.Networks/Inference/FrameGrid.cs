using Diarizer.Audio;
using Diarizer.Features;

namespace Diarizer.Networks.Inference;

/// <summary>The grid of 10 ms on which the networks that mark time give their answers.</summary>
internal static class FrameGrid
{
    /// <summary>Checks that a front end gives a network its frames.</summary>
    /// <param name="frontEnd">From the model's card.</param>
    /// <param name="bands">Mel bins that the network takes.</param>
    /// <param name="kind">What the model is for, as the message names it.</param>
    /// <exception cref="UserErrorException">It does not give frames every 10 ms at 16 kHz, or not these bands.</exception>
    public static void Require(LogMelOptions frontEnd, int bands, string kind)
    {
        if (frontEnd.SampleRate != SampleClock.Rate || frontEnd.Hop != SampleClock.Hop)
            throw new UserErrorException($"A {kind} model needs a front end with a hop of {SampleClock.Hop} samples at {SampleClock.Rate} Hz; correct its card.");
        if (frontEnd.MelBins != bands)
            throw new UserErrorException($"The front end gives {frontEnd.MelBins} mel bins but the network takes {bands}; correct the card.");
    }
}
