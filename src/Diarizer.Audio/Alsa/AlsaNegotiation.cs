using Diarizer.Audio.Native;
using Diarizer.Audio.Pipes;
using Diarizer.Audio.Resampling;
using static Diarizer.Audio.Native.AsoundParameters;

namespace Diarizer.Audio.Alsa;

/// <summary>What a device agreed to, read back from it.</summary>
internal readonly record struct AlsaAgreement(AudioFormat Format, PcmEncoding Encoding, int BufferFrames, int PeriodFrames);

/// <summary>Settles rate, channels, sample format and buffer with a device.</summary>
internal static class AlsaNegotiation
{
    /// <exception cref="UserErrorException">The device has nothing that can be used.</exception>
    public static AlsaAgreement Agree(PcmHandle pcm, AlsaSettings wanted)
    {
        AlsaResult.Check(NewHardware(out var parameters), wanted.Name, "has no memory for its settings");
        try
        {
            AlsaResult.Check(Any(pcm, parameters), wanted.Name, "offers no settings");
            // The device's own rate goes through our resampler rather than through ALSA's linear interpolation.
            _ = SetRateResample(pcm, parameters, 0);
            AlsaResult.Check(SetAccess(pcm, parameters, Asound.AccessInterleaved), wanted.Name, "cannot deliver interleaved frames");
            var encoding = ChooseFormat(pcm, parameters, wanted.Name);
            var (rate, channels) = ((uint)wanted.Rate, wanted.Channels == AlsaSettings.AllChannels ? AllOf(parameters, wanted.Name) : (uint)wanted.Channels);
            AlsaResult.Check(SetChannelsNear(pcm, parameters, ref channels), wanted.Name, "offers no channel count");
            AlsaResult.Check(SetRateNear(pcm, parameters, ref rate, 0), wanted.Name, "offers no sample rate");
            var (buffer, period) = ((uint)AlsaSettings.BufferMilliseconds * 1000, (uint)wanted.PeriodMilliseconds * 1000);
            _ = SetPeriodTimeNear(pcm, parameters, ref period, 0);
            _ = SetBufferTimeNear(pcm, parameters, ref buffer, 0);
            AlsaResult.Check(Apply(pcm, parameters), wanted.Name, "refuses its own settings");
            return ReadBack(parameters, encoding, wanted.Name);
        }
        finally
        {
            FreeHardware(parameters);
        }
    }

    /// <summary>
    /// Lets the device run on when its buffer is full instead of stopping: the frame counters then tell exactly what was overwritten.
    /// </summary>
    public static void KeepRunningWhenFull(PcmHandle pcm, AlsaAgreement agreed, string name)
    {
        AlsaResult.Check(NewSoftware(out var parameters), name, "has no memory for its settings");
        try
        {
            AlsaResult.Check(Current(pcm, parameters), name, "offers no settings");
            AlsaResult.Check(GetBoundary(parameters, out var boundary), name, "has no frame counter");
            _ = SetStopThreshold(pcm, parameters, boundary);
            _ = SetAvailableMinimum(pcm, parameters, (nuint)agreed.PeriodFrames);
            _ = SetTimestampMode(pcm, parameters, 1);
            _ = SetTimestampType(pcm, parameters, 1);
            AlsaResult.Check(ApplySoftware(pcm, parameters), name, "refuses its own settings");
        }
        finally
        {
            FreeSoftware(parameters);
        }
    }

    private static uint AllOf(nint parameters, string name)
    {
        AlsaResult.Check(GetMostChannels(parameters, out var most), name, "does not tell its channels");
        return most <= AlsaSettings.MostChannels
            ? most
            : throw new UserErrorException($"The ALSA device '{name}' takes any number of channels; add channels= with how many the microphones have.");
    }

    private static PcmEncoding ChooseFormat(PcmHandle pcm, nint parameters, string name)
    {
        foreach (var (number, encoding) in AlsaSampleFormat.BestFirst)
        {
            if (TestFormat(pcm, parameters, number) == 0 && SetFormat(pcm, parameters, number) == 0) return encoding;
        }

        throw new UserErrorException($"The ALSA device '{name}' has no sample format that can be used; try 'alsa:plug{name}'.");
    }

    private static AlsaAgreement ReadBack(nint parameters, PcmEncoding encoding, string name)
    {
        AlsaResult.Check(GetRate(parameters, out var rate, 0), name, "does not tell its rate");
        AlsaResult.Check(GetChannels(parameters, out var channels), name, "does not tell its channels");
        AlsaResult.Check(GetBufferSize(parameters, out var buffer), name, "does not tell its buffer size");
        AlsaResult.Check(GetPeriodSize(parameters, out var period, 0), name, "does not tell its period");
        Resampler.CheckRate((int)rate);
        return new(new((int)rate, (int)channels), encoding, (int)buffer, (int)period);
    }
}
