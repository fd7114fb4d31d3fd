using System.Numerics.Tensors;
using Diarizer.Audio;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Conversations;

/// <summary>
/// Makes conversations whose speakers are known: each person talks on a track of their own, through a microphone and from a seat of the room;
/// the sum gets a background and goes over the line. Labels come from the clean tracks. An instance belongs to one thread.
/// </summary>
internal sealed class ConversationMaker(ConversationOptions options, SpeechLibrary speech, NoiseLibrary? noises, IReadOnlyList<ImpulseResponse> rooms)
{
    private const double UsualPower = 0.01;
    private readonly TurnTaking _turnTaking = new(options.Turns);
    private readonly Participants _participants = new(options, speech);
    private readonly VoiceTrack _voices = new(options, speech);
    private readonly Background _background = new(options.Babble, options.ShapedNoise, options.Noise, speech, noises);
    private readonly Tilt _microphone = new(options.Microphone), _tilt = new(options.Tilt);
    private readonly Telephone _telephone = new(options.Telephone);
    private readonly Gain _gain = new(options.Gain);
    private readonly List<PlannedTurn> _turns = [];
    private readonly VoiceClass[] _people = new VoiceClass[8];
    private float[] _track = [];

    /// <summary>Makes one conversation, or a stretch of one that is under way.</summary>
    /// <param name="samples">Gets the audio at 16 kHz.</param>
    /// <param name="labels">Gets for every 10 ms a bit for each speaker who talks: bit 0 for the first.</param>
    /// <returns>Speakers of the conversation; some may be silent all along.</returns>
    public int Make(Span<float> samples, Span<byte> labels, ref SeededRandom random)
    {
        samples.Clear();
        labels.Clear();
        int wanted = (int)options.Speakers[0] + random.Below((int)(options.Speakers[1] - options.Speakers[0]) + 1);
        int count = random.Chance(options.Nobody) ? 0 : _participants.Draw(_people.AsSpan(0, wanted), ref random);
        if (count > 0)
            Talk(count, samples, labels, ref random);
        float power = Level.ActivePower<byte>(samples, labels);
        if (random.Chance(options.Tilt.Probability))
            _tilt.Apply(samples, "", ref random);
        _background.Add(samples, power > 0 ? power : (float)UsualPower, ref random);
        if (random.Chance(options.Telephone.Probability))
            _telephone.Apply(samples, "", ref random);
        if (random.Chance(options.Gain.Probability))
            _gain.Apply(samples, "", ref random);
        Background.AddHiss(samples, ref random);
        return count;
    }

    private void Talk(int count, Span<float> samples, Span<byte> labels, ref SeededRandom random)
    {
        _turnTaking.Plan(count, SampleClock.ToSeconds(samples.Length), _turns, ref random);
        var room = rooms.Count > 0 && random.Chance(options.Room.Probability) ? rooms[random.Below(rooms.Count)] : null;
        bool ownMicrophones = random.Chance(options.Microphone.Probability);
        if (_track.Length < samples.Length)
            _track = new float[samples.Length];
        var track = _track.AsSpan(0, samples.Length);
        for (int person = 0; person < count; person++)
        {
            track.Clear();
            double level = options.LevelSpread * random.Normal();
            foreach (var turn in _turns)
            {
                if (turn.Speaker == person)
                    _voices.Say(_people[person], level + random.Between(-2, 2), (int)(turn.Start * SampleClock.Rate), (int)(turn.Seconds * SampleClock.Rate), track, labels, (byte)(1 << person), ref random);
            }
            LabelPauses.Fill(labels, (byte)(1 << person), (int)(options.FilledPause / SampleClock.ToSeconds(SampleClock.Hop)));
            if (ownMicrophones)
                _microphone.Apply(track, "", ref random);
            if (room is not null)
                Room.Convolve(track, room.AtSeat(random.Between(-options.SeatSpread, options.SeatSpread)));
            TensorPrimitives.Add(samples, track, samples);
        }
    }
}
