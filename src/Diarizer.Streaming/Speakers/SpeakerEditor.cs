using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Speakers;

/// <summary>
/// Says who is who in a running session: what a person knows better than the core. Used between two writes, by the thread that writes; what changes is told by
/// events, at the position reached so far. The last <see cref="TurnLog.TurnsKept"/> ended turns are revised.
/// </summary>
public sealed class SpeakerEditor
{
    private readonly OnlineSpeakers _speakers;
    private readonly TurnTracker _turns;
    private readonly long _at;

    internal SpeakerEditor(OnlineSpeakers speakers, TurnTracker turns, long at) => (_speakers, _turns, _at) = (speakers, turns, at);

    /// <summary>What is remembered of a speaker; empty when there is no such speaker or too little was heard.</summary>
    public IReadOnlyList<VoiceSample> SamplesOf(int id) => _speakers.Find(id) is { } speaker ? [.. speaker.Exemplars.Select(e => new VoiceSample(e.Embedding, e.Quality))] : [];

    /// <summary>Makes a person known, or replaces what is known of them; they are recognised from now on.</summary>
    /// <param name="voice">The person.</param>
    /// <param name="heardAs">Number of the speaker who is that person; 0 when nobody is known to be.</param>
    /// <exception cref="ArgumentException">The voice is not what it must be, or there are too many people.</exception>
    public void Enrol(EnrolledVoice voice, int heardAs = 0)
    {
        ArgumentNullException.ThrowIfNull(voice);
        _speakers.People.Add(voice);
        if (_speakers.Find(voice.Id) is null && _speakers.Find(heardAs) is { } speaker)
        {
            // What the voice was enrolled with is what was heard: it bears no witness for itself.
            speaker.IsConfirmed = true;
            _turns.Identify(_at, speaker, voice.Id);
        }

        _turns.Recognise(_at);
    }

    /// <summary>Forgets a speaker of the session: their turns are nobody's.</summary>
    /// <returns>False when there is no such speaker.</returns>
    public bool Forget(int id)
    {
        if (_speakers.Find(id) is not { } speaker)
            return false;
        _turns.Forget(_at, speaker);
        return true;
    }

    /// <summary>Forgets an enrolled person: what was heard of them is a stranger's.</summary>
    /// <returns>The stranger's number; 0 when nothing was heard.</returns>
    public int Disenrol(int id)
    {
        _speakers.People.Remove(id);
        if (_speakers.Find(id) is not { } speaker)
        {
            _turns.ForgetGuesses(_at, id);
            return 0;
        }

        _turns.Anonymise(_at, speaker);
        return speaker.Id;
    }

    /// <summary>Makes one speaker of two.</summary>
    /// <param name="from">The speaker who is no more.</param>
    /// <param name="into">The speaker, or enrolled person, who takes over.</param>
    /// <returns>False when one of them is not there, or both are the same.</returns>
    public bool Merge(int from, int into)
    {
        if (_speakers.Find(from) is not { } gone || from == into)
            return false;
        if ((_speakers.Find(into) ?? _speakers.Admit(into)) is not { } stays)
            return false;
        stays.IsConfirmed |= stays.Id < 0;
        _turns.Merge(_at, gone, stays);
        return true;
    }

    /// <summary>Takes the last merge into a speaker back.</summary>
    /// <returns>Number of the speaker who is there again; 0 when there was no merge.</returns>
    public int UndoMerge(int into) => _speakers.Find(into) is { } speaker ? _turns.UndoMerge(_at, speaker)?.Id ?? 0 : 0;

    /// <summary>Gives some turns of a speaker to a new one.</summary>
    /// <param name="id">The speaker.</param>
    /// <param name="turns">Numbers of the turns.</param>
    /// <returns>Number of the new speaker; 0 when none of the turns is the speaker's.</returns>
    public int Split(int id, IReadOnlySet<int> turns) => _speakers.Find(id) is { } speaker ? _turns.Split(_at, speaker, turns)?.Id ?? 0 : 0;

    /// <summary>Tells the turns of a speaker again, since the speaker's name changed.</summary>
    public void Retell(int id)
    {
        if (_speakers.Find(id) is { } speaker)
            _turns.Retell(_at, speaker);
    }
}
