namespace Diarizer.Streaming.Speakers;

/// <summary>The enrolled people who were not heard in the session yet. Nothing is told of them until they are.</summary>
internal sealed class EnrolledCandidates
{
    private readonly SpeakerOptions _options;
    private readonly int _dimension;
    private readonly SortedDictionary<int, EnrolledVoice> _voices = [];
    private readonly List<SpeakerModel> _waiting = [];

    public EnrolledCandidates(SpeakerOptions options, int dimension, IReadOnlyList<EnrolledVoice> voices)
    {
        (_options, _dimension) = (options, dimension);
        foreach (var voice in voices)
            Add(voice);
    }

    public IReadOnlyList<SpeakerModel> Waiting => _waiting;

    /// <summary>Everybody waits again.</summary>
    public void Clear()
    {
        _waiting.Clear();
        foreach (var voice in _voices.Values)
            _waiting.Add(ModelOf(voice));
    }

    /// <summary>Adds a person, or replaces what is known of them.</summary>
    /// <exception cref="ArgumentException">The number or an embedding is not what it must be, or there are too many people.</exception>
    public void Add(EnrolledVoice voice)
    {
        if (voice.Id >= 0 || voice.Samples.Count == 0 || voice.Samples.Any(s => s.Embedding.Length != _dimension || !(s.Quality > 0)))
            throw new ArgumentException("An enrolled voice needs a number below 0 and samples of the embedder's dimension with a quality above 0.", nameof(voice));
        if (!_voices.ContainsKey(voice.Id) && _voices.Count == _options.MaximumEnrolled)
            throw new ArgumentException($"More than {_options.MaximumEnrolled} people (Speakers:MaximumEnrolled) were given.", nameof(voice));
        _voices[voice.Id] = voice;
        _waiting.RemoveAll(m => m.Id == voice.Id);
        _waiting.Add(ModelOf(voice));
    }

    /// <summary>Forgets a person.</summary>
    public void Remove(int id)
    {
        _voices.Remove(id);
        _waiting.RemoveAll(m => m.Id == id);
    }

    /// <summary>The person was heard.</summary>
    public void Take(SpeakerModel model) => _waiting.Remove(model);

    /// <summary>The person was not the one who was heard, or was forgotten as a speaker of the session; nothing happens to who is not enrolled.</summary>
    public void GiveBack(int id)
    {
        if (_voices.TryGetValue(id, out var voice) && !_waiting.Exists(m => m.Id == id))
            _waiting.Add(ModelOf(voice));
    }

    private SpeakerModel ModelOf(EnrolledVoice voice) => new(_options, _dimension) { Id = voice.Id, Prior = VoicePrior.Of(voice, _options, _dimension) };
}
