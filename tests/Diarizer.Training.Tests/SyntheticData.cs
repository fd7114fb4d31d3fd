using System.Globalization;
using System.Text;
using Diarizer.Audio.Files;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Tests;

/// <summary>
/// A small data folder: speakers that differ in pitch and formant, utterances of bursts with pauses, a noise and a room. All of it is made
/// here and known exactly.
/// </summary>
internal static class SyntheticData
{
    public const int Rate = 16_000;

    /// <summary>Writes <c>speech.tsv</c>, <c>noise.tsv</c> and their audio.</summary>
    public static void Write(TemporaryFolder folder, int speakers = 8, int utterances = 4, double seconds = 1.5, string split = "train")
    {
        var rows = new StringBuilder("utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\n");
        for (int s = 0; s < speakers; s++)
        {
            var all = Enumerable.Range(0, utterances).SelectMany(u => Voice(s, u, seconds)).ToArray();
            WavWriter.WriteMono(folder[$"s{s}.wav"], all);
            for (int u = 0; u < utterances; u++)
                rows.Append(CultureInfo.InvariantCulture, $"s{s}-{u}\ts{s}\t{(s % 2 == 0 ? "even" : "odd")}\t{split}\tcall{u % 2}\ts{s}.wav\t{u * seconds:0.0000}\t{seconds:0.0000}\n");
        }
        File.WriteAllText(folder["speech.tsv"], rows.ToString());
        WavWriter.WriteMono(folder["noise.wav"], Noise(Rate * 2, 7));
        var room = new float[Rate / 5];
        for (int i = 0; i < room.Length - 100; i++)
            room[i + 100] = MathF.Exp(-i / 800f) * (i == 0 ? 1 : 0.05f * MathF.Sin(i * 1.7f));
        WavWriter.WriteMono(folder["room.wav"], room);
        File.WriteAllText(folder["noise.tsv"], "file\tkind\tname\tduration_s\tlicence\nnoise.wav\tnoise\tn\t2\tmade here\nroom.wav\trir\tr\t0.2\tmade here\n");
    }

    /// <summary>0.2 s of silence, harmonics of the speaker's pitch under the speaker's formant, 0.2 s of silence.</summary>
    public static float[] Voice(int speaker, int utterance, double seconds)
    {
        var samples = new float[(int)(seconds * Rate)];
        double pitch = 90 + 17 * speaker, formant = 500 + 260 * speaker;
        for (int i = Rate / 5; i < samples.Length - Rate / 5; i++)
        {
            double t = i / (double)Rate, sum = 0;
            for (int h = 1; h < 20; h++)
                sum += Math.Sin(2 * Math.PI * pitch * h * t * (1 + 0.01 * utterance)) * Math.Exp(-Math.Pow((pitch * h - formant) / 500, 2));
            samples[i] = (float)(0.1 * sum * (1 + 0.3 * Math.Sin(2 * Math.PI * (3 + utterance) * t)));
        }
        return samples;
    }

    /// <summary>Uniform white noise within ±0.3.</summary>
    public static float[] Noise(int length, long seed)
    {
        var random = new SeededRandom(seed, 0, 0);
        var samples = new float[length];
        foreach (ref float x in samples.AsSpan())
            x = (float)random.Between(-0.3, 0.3);
        return samples;
    }

    public static float[] Tone(double hertz, int length, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, length).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / Rate)))];

    /// <summary>The library of everything in a folder.</summary>
    public static SpeechLibrary Library(TemporaryFolder folder)
    {
        var utterances = new Manifest(folder["speech.tsv"]).Read().ToList();
        var audio = AudioStores.Open(utterances, 1, new PcmCache(folder["cache"]), _ => { }, CancellationToken.None);
        return new SpeechLibrary(SpeakerUtterances.Group(utterances), audio);
    }
}
