using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Recognition;

/// <summary>Who is enrolled. Nothing is told of them until they are recognised.</summary>
internal sealed class KnownPeople
{
    private readonly int _most;
    private readonly int _dimension;
    private readonly SortedDictionary<int, KnownVoice> _voices = [];
    private readonly HashSet<int> _excluded = [];

    /// <param name="most">Most people.</param>
    /// <param name="dimension">Length of embeddings.</param>
    /// <param name="voices">Who is enrolled to begin with.</param>
    /// <exception cref="ArgumentException">See <see cref="Add"/>.</exception>
    public KnownPeople(int most, int dimension, IReadOnlyList<EnrolledVoice> voices)
    {
        (_most, _dimension) = (most, dimension);
        foreach (var voice in voices)
            Add(voice);
    }

    /// <summary>Those who may be recognised, in a fixed order.</summary>
    public IEnumerable<KnownVoice> Voices => _voices.Values.Where(v => !_excluded.Contains(v.Id));

    /// <summary>The voice of a person; null for who is not enrolled.</summary>
    public KnownVoice? Find(int id) => _voices.GetValueOrDefault(id);

    /// <summary>Adds a person, or replaces what is known of them.</summary>
    /// <exception cref="ArgumentException">The number or an embedding is not what it must be, or there are too many people.</exception>
    public void Add(EnrolledVoice voice)
    {
        if (voice.Id >= 0 || voice.Samples.Count == 0 || voice.Samples.Any(s => s.Embedding.Length != _dimension || !(s.Quality > 0)))
            throw new ArgumentException("An enrolled voice needs a number below 0 and samples of the embedder's dimension with a quality above 0.", nameof(voice));
        if (!_voices.ContainsKey(voice.Id) && _voices.Count == _most)
            throw new ArgumentException($"More than {_most} people (Speakers:MaximumEnrolled) were given.", nameof(voice));
        _voices[voice.Id] = new KnownVoice(voice);
        _excluded.Remove(voice.Id);
    }

    /// <summary>Forgets a person.</summary>
    public void Remove(int id)
    {
        _voices.Remove(id);
        _excluded.Remove(id);
    }

    /// <summary>True for a person who may be recognised.</summary>
    public bool Contains(int id) => _voices.ContainsKey(id) && !_excluded.Contains(id);

    /// <summary>The person is not recognised in this session any more; nothing happens to who is not enrolled.</summary>
    public void Exclude(int id)
    {
        if (_voices.ContainsKey(id))
            _excluded.Add(id);
    }

    /// <summary>The person may be recognised again.</summary>
    public void Include(int id) => _excluded.Remove(id);

    /// <summary>Everybody may be recognised again.</summary>
    public void IncludeAll() => _excluded.Clear();
}
