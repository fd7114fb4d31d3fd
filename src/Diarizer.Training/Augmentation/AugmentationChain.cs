using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>The augmentations in the order in which the world applies them: room, other voices, noise, microphone, line, codec, converter, level.</summary>
internal sealed class AugmentationChain
{
    private readonly IAugmentation[] _steps;

    public AugmentationChain(AugmentationOptions options, SpeechLibrary speech, NoiseLibrary? noises, IReadOnlyList<ImpulseResponse> rooms)
    {
        IAugmentation[] all =
        [
            .. rooms.Count > 0 ? [new Room(options.Room, rooms)] : Array.Empty<IAugmentation>(),
            new Babble(options.Babble, speech),
            .. noises?.Sounds.Count > 0 ? [new Noise(options.Noise, noises)] : Array.Empty<IAugmentation>(),
            new AddedShapedNoise(options.ShapedNoise),
            new Tilt(options.Tilt),
            new Telephone(options.Telephone),
            new Codec(options.Codec),
            new Degradation(options.Degradation),
            new Gain(options.Gain),
        ];
        _steps = [.. all.Where(step => step.Probability > 0)];
    }

    /// <summary>Changes a crop in place.</summary>
    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        foreach (var step in _steps)
        {
            if (random.Chance(step.Probability))
                step.Apply(samples, speaker, ref random);
        }
    }
}
