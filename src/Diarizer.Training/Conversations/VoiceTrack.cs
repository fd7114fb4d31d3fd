using System.Numerics.Tensors;
using Diarizer.Audio;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Sampling;
using Diarizer.Training.VoiceActivity;

namespace Diarizer.Training.Conversations;

/// <summary>Says one person's turns into a track of their own: utterances one after another until the turn is over. An instance belongs to one thread.</summary>
internal sealed class VoiceTrack(ConversationOptions options, SpeechLibrary speech)
{
    private const double SpeechLevel = -20, BetweenWords = 0.25;
    private const int Fade = 160, Shortest = 800, MarginFrames = 5, MostPieces = 500;
    private readonly SpeechFrames _frames = new(options.FilledPause);
    private readonly Speed[] _speeds = [.. options.Speeds.Select(s => new Speed(s))];
    private float[] _input = [], _piece = [];
    private bool[] _marks = [];

    /// <summary>Says one turn.</summary>
    /// <param name="level">Mean level of the voice in dB beside the usual one.</param>
    /// <param name="from">First sample of the turn; may be negative.</param>
    /// <param name="length">Samples.</param>
    /// <param name="track">The person's audio, added to.</param>
    /// <param name="labels">Gets <paramref name="bit"/> in every 10 ms with speech.</param>
    public void Say(VoiceClass voice, double level, int from, int length, Span<float> track, Span<byte> labels, byte bit, ref SeededRandom random)
    {
        var speaker = speech.Speakers[voice.Speaker];
        int at = from, end = from + length;
        for (int pieces = 0; end - at >= Shortest && pieces < MostPieces; pieces++)
        {
            var utterance = speaker.Utterances[random.Below(speaker.Utterances.Count)];
            var speed = _speeds[voice.Speed];
            int whole = OutputLength(speed, utterance.Length);
            int count = Math.Min(end - at, whole);
            var piece = Read(utterance, speed, count, whole, ref random);
            var marks = _marks.AsSpan(0, piece.Length / SampleClock.Hop);
            _frames.Mark(piece, marks);
            var (first, last) = Spoken(marks);
            if (first >= last)
                continue;
            piece = piece[(first * SampleClock.Hop)..(last * SampleClock.Hop)];
            Place(piece, marks[first..last], level, at, track, labels, bit);
            at += piece.Length + (int)SampleClock.FromSeconds(random.Between(0, BetweenWords));
        }
    }

    /// <summary>The frames from shortly before the first marked one to shortly after the last.</summary>
    private static (int First, int Last) Spoken(ReadOnlySpan<bool> marks)
    {
        int first = marks.IndexOf(true), last = marks.LastIndexOf(true);
        return first < 0 ? (0, 0) : (Math.Max(0, first - MarginFrames), Math.Min(marks.Length, last + 1 + MarginFrames));
    }

    private Span<float> Read(Utterance utterance, Speed speed, int count, int whole, ref SeededRandom random)
    {
        int needed = Math.Min(speed.InputLength(count), utterance.Length);
        if (_input.Length < needed || _piece.Length < count)
            (_input, _piece, _marks) = (new float[Math.Max(needed, _input.Length)], new float[Math.Max(count, _piece.Length)], new bool[Math.Max(count, _piece.Length) / SampleClock.Hop + 2]);
        var input = _input.AsSpan(0, needed);
        speech.Read(utterance, count < whole ? random.Below(utterance.Length - needed + 1) : 0, input);
        var piece = _piece.AsSpan(0, count);
        speed.Apply(input, piece);
        return piece;
    }

    private static void Place(Span<float> piece, ReadOnlySpan<bool> marks, double level, int at, Span<float> track, Span<byte> labels, byte bit)
    {
        // Labels have a grid of 10 ms, pieces start anywhere on it.
        at = (int)Math.Floor(at / (double)SampleClock.Hop) * SampleClock.Hop;
        float power = Level.ActivePower<bool>(piece, marks);
        if (power <= 0)
            return;
        TensorPrimitives.Multiply(piece, Level.Amplitude(SpeechLevel + level) / MathF.Sqrt(power), piece);
        for (int i = 0; i < Math.Min(Fade, piece.Length / 2); i++)
        {
            piece[i] *= i / (float)Fade;
            piece[^(i + 1)] *= i / (float)Fade;
        }
        int skipped = Math.Max(0, -at), fits = Math.Min(piece.Length, track.Length - at);
        if (fits <= skipped)
            return;
        var heard = piece[skipped..fits];
        var place = track.Slice(at + skipped, heard.Length);
        TensorPrimitives.Add(place, heard, place);
        for (int i = 0, label = at / SampleClock.Hop; i < marks.Length; i++, label++)
        {
            if (marks[i] && label >= 0 && label < labels.Length)
                labels[label] |= bit;
        }
    }

    /// <summary>Samples that an utterance gives at a speed.</summary>
    private static int OutputLength(Speed speed, int input)
    {
        int low = (int)(input * 0.4), high = input * 3;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = speed.InputLength(middle) <= input ? (middle, high) : (low, middle - 1);
        }
        return low;
    }
}
