using Diarizer.Audio;
using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>Says which classes make up the batch of a step; any step can be asked for, on any thread.</summary>
internal sealed class BatchPlanner
{
    private readonly IReadOnlyList<SpeakerUtterances> _speakers;
    private readonly SamplingOptions _options;
    private readonly long _seed;
    private readonly Lock _gate = new();
    private readonly List<long> _ends = [];
    private (long Epoch, IReadOnlyList<VoiceClass[]> Batches) _current = (-1, []);

    /// <exception cref="UserErrorException">There are too few speakers for one batch, or none with two different crops.</exception>
    public BatchPlanner(IReadOnlyList<SpeakerUtterances> speakers, SamplingOptions options, long seed)
    {
        (_speakers, _options, _seed) = (speakers, options, seed);
        if (speakers.Count < options.Speakers)
            throw new UserErrorException($"The data holds {speakers.Count} training speakers, fewer than the {options.Speakers} of a batch; lower sampling.speakers or add data.");
        if (options.CropsPerSpeaker > 1 && !speakers.Any(s => HasDifferentCrops(s, options)))
            throw new UserErrorException($"No training speaker has two utterances, or one longer than a crop, so that the {options.CropsPerSpeaker} crops of a speaker are all alike; shorten sampling.cropSeconds, or train with classification losses and sampling.cropsPerSpeaker 1.");
    }

    /// <summary>Speakers times speeds.</summary>
    public int ClassCount => _speakers.Count * _options.Speeds.Length;

    /// <summary>The class number of a speaker at a speed.</summary>
    public int ClassOf(VoiceClass voice) => voice.Speed * _speakers.Count + voice.Speaker;

    /// <summary>The speaker and speed of a class number.</summary>
    public VoiceClass VoiceOf(long number) => new((int)(number % _speakers.Count), (int)(number / _speakers.Count));

    /// <summary>The classes of step <paramref name="step"/> (0, 1, …).</summary>
    public VoiceClass[] Batch(long step)
    {
        lock (_gate)
        {
            while (_ends.Count == 0 || _ends[^1] <= step)
                _ends.Add((_ends.Count == 0 ? 0 : _ends[^1]) + Load(_ends.Count).Count);
            int epoch = _ends.FindIndex(end => step < end);
            return Load(epoch)[(int)(step - (epoch == 0 ? 0 : _ends[epoch - 1]))];
        }
    }

    private static bool HasDifferentCrops(SpeakerUtterances speaker, SamplingOptions options) =>
        speaker.Utterances.Count > 1 || SampleClock.ToSeconds(speaker.Samples) > options.CropSeconds[0];

    private IReadOnlyList<VoiceClass[]> Load(long epoch)
    {
        if (_current.Epoch != epoch)
            _current = (epoch, EpochPlan.Make(_speakers, _options, _seed, epoch));
        return _current.Batches.Count > 0 ? _current.Batches
            : throw new UserErrorException($"No batch of {_options.Speakers} different speakers can be made; lower sampling.speakers.");
    }
}
