using System.Numerics.Tensors;
using Diarizer.Audio;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;

namespace Diarizer.Training.VoiceActivity;

/// <summary>
/// Makes scenes whose speech is known: labels come from the clean utterances, before rooms, lines and noise. An instance belongs to one thread.
/// </summary>
internal sealed class MixtureMaker(MixtureOptions options, SpeechLibrary speech, NoiseLibrary? noises, IReadOnlyList<ImpulseResponse> rooms) : ISceneMaker
{
    private const double SpeechLevel = -20;
    private const int Tail = 6_400;
    private readonly SpeechFrames _frames = new(options.FilledPause);
    private readonly Background _background = new(options.Babble, options.ShapedNoise, options.Noise, speech, noises);
    private readonly Telephone _telephone = new(options.Telephone);
    private readonly Gain _gain = new(options.Gain);
    private float[] _voice = [];
    private bool[] _marks = [];

    /// <inheritdoc/>
    public void Make(Span<float> samples, Span<bool> labels, ref SeededRandom random)
    {
        samples.Clear();
        labels.Clear();
        if (!random.Chance(options.Nobody))
            Talk(samples, labels, ref random);
        float power = Level.ActivePower<bool>(samples, labels);
        _background.Add(samples, power > 0 ? power : MathF.Pow(10, (float)SpeechLevel / 10), ref random);
        if (random.Chance(options.Telephone.Probability))
            _telephone.Apply(samples, "", ref random);
        if (random.Chance(options.Gain.Probability))
            _gain.Apply(samples, "", ref random);
        Background.AddHiss(samples, ref random);
    }

    private void Talk(Span<float> samples, Span<bool> labels, ref SeededRandom random)
    {
        int count = (int)options.Speakers[0] + random.Below((int)(options.Speakers[1] - options.Speakers[0]) + 1);
        Span<int> people = stackalloc int[count];
        Span<double> levels = stackalloc double[count];
        for (int i = 0; i < count; i++)
            (people[i], levels[i]) = (random.Below(speech.Speakers.Count), SpeechLevel + random.Between(-options.LevelSpread, options.LevelSpread));
        double from = random.Chance(0.3) ? 0 : random.Between(options.Pause[0], options.Pause[1]);
        while (from < SampleClock.ToSeconds(samples.Length))
        {
            int who = random.Below(count);
            int start = (int)(from * 100) * SampleClock.Hop;
            int length = Say(speech.Speakers[people[who]], levels[who] + random.Between(-3, 3), samples[start..], labels[(start / SampleClock.Hop)..], ref random);
            double seconds = SampleClock.ToSeconds(length);
            bool overlap = random.Chance(options.Overlap), quick = random.Chance(0.35);
            from += seconds + (overlap ? -random.NextDouble() * Math.Min(1.5, seconds / 2)
                : quick ? random.Between(0, 0.3) : random.Between(options.Pause[0], options.Pause[1]));
        }
    }

    /// <summary>Adds one utterance at the start of a span; returns its samples.</summary>
    private int Say(SpeakerUtterances speaker, double level, Span<float> samples, Span<bool> labels, ref SeededRandom random)
    {
        var utterance = speaker.Utterances[random.Below(speaker.Utterances.Count)];
        int length = Math.Min(utterance.Length, (int)SampleClock.FromSeconds(options.LongestUtterance));
        if (_voice.Length < length + Tail)
            (_voice, _marks) = (new float[length + Tail], new bool[length / SampleClock.Hop + 1]);
        var voice = _voice.AsSpan(0, length + Tail);
        voice[length..].Clear();
        speech.Read(utterance, random.Below(utterance.Length - length + 1), voice[..length]);
        var marks = _marks.AsSpan(0, length / SampleClock.Hop);
        _frames.Mark(voice[..length], marks);
        float power = Level.ActivePower<bool>(voice[..length], marks);
        if (power > 0)
            TensorPrimitives.Multiply(voice, Level.Amplitude(level) / MathF.Sqrt(power), voice);
        if (rooms.Count > 0 && random.Chance(options.Room.Probability))
            Room.Convolve(voice, rooms[random.Below(rooms.Count)]);
        int fits = Math.Min(voice.Length, samples.Length);
        TensorPrimitives.Add(samples[..fits], voice[..fits], samples[..fits]);
        for (int i = 0; i < Math.Min(marks.Length, labels.Length); i++)
            labels[i] |= marks[i];
        return length;
    }
}
