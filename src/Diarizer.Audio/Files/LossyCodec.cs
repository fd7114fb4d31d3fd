using Diarizer.Audio.Native;

namespace Diarizer.Audio.Files;

/// <summary>Speech codecs that libsndfile 1.2 both writes and reads.</summary>
public enum LossyCodec
{
    /// <summary>GSM 06.10 full rate, 13 kbit/s at 8 kHz: mobile telephones.</summary>
    Gsm,

    /// <summary>ITU-T G.721 ADPCM, 32 kbit/s at 8 kHz: cordless telephones.</summary>
    G721,

    /// <summary>ITU-T G.723 ADPCM, 24 kbit/s at 8 kHz: leased lines.</summary>
    G723,

    /// <summary>IMA ADPCM, 4 bits a sample: recorders and voice mail.</summary>
    ImaAdpcm,

    /// <summary>Opus in Ogg: conferences and messengers.</summary>
    Opus,
}

/// <summary>Codes and decodes speech in memory.</summary>
public static class LossyCodecs
{
    /// <summary>Replaces mono samples by what is left of them after coding. Their number and time stay; what a codec cuts off at the end is silence.</summary>
    /// <param name="codec">What they are coded with.</param>
    /// <param name="samples">Samples in [-1, 1]; louder ones saturate.</param>
    /// <param name="sampleRate">Hertz; Opus takes 8, 12, 16, 24 and 48 kHz.</param>
    /// <exception cref="ArgumentException">The codec does not take the rate.</exception>
    /// <exception cref="UserErrorException">libsndfile is missing.</exception>
    public static void RoundTrip(this LossyCodec codec, Span<float> samples, int sampleRate)
    {
        SndFile.Require();
        using var memory = new SndFileMemory();
        var info = new SndFile.Info { SampleRate = sampleRate, Channels = 1, Format = Format(codec) };
        using (var writer = memory.Open(SndFile.ModeWrite, ref info))
        {
            if (writer.IsInvalid)
                throw new ArgumentException($"{codec} cannot be written at {sampleRate} Hz ({SndFile.Message(null).Trim().TrimEnd('.')}).");
            SndFile.Saturate(writer);
            _ = SndFile.Write(writer, samples, samples.Length);
        }

        memory.Rewind();
        info = default;
        using var reader = memory.Open(SndFile.ModeRead, ref info);
        if (reader.IsInvalid)
            throw new ArgumentException($"{codec} cannot be read back at {sampleRate} Hz ({SndFile.Message(null).Trim().TrimEnd('.')}).");
        int decoded = 0;
        for (int got = 1; got > 0 && decoded < samples.Length; decoded += got)
            got = (int)SndFile.Read(reader, samples[decoded..], samples.Length - decoded);
        samples[decoded..].Clear();
    }

    private static int Format(LossyCodec codec) => codec switch
    {
        LossyCodec.Gsm => SndFile.FormatWav | 0x0020,
        LossyCodec.G721 => SndFile.FormatAu | 0x0030,
        LossyCodec.G723 => SndFile.FormatAu | 0x0031,
        LossyCodec.ImaAdpcm => SndFile.FormatWav | 0x0012,
        LossyCodec.Opus => SndFile.FormatOgg | 0x0064,
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "not a codec"),
    };
}
