using System.CommandLine;
using Diarizer.Audio;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Voices;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;
using Diarizer.Training.Speakers;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train voices --model EMBEDDER --out FILE</c>.</summary>
internal sealed class VoicesCommand
{
    private readonly SpeechInput _speech = new();
    private readonly Option<string> _model = new("--model") { Description = "Weights or card of the embedder", DefaultValueFactory = _ => Path.Combine("models", "embedder.safetensors") };
    private readonly Option<string> _target = new("--out") { Description = "Model file that is written", DefaultValueFactory = _ => Path.Combine("models", "voices.safetensors") };
    private readonly Option<double> _crop = new("--crop") { Description = "Seconds of a crop: as long as the windows that are compared later", DefaultValueFactory = _ => 1.5 };
    private readonly Option<int> _crops = new("--crops") { Description = "The most crops of a speaker; they do not touch", DefaultValueFactory = _ => 8 };
    private readonly Option<int> _directions = new("--directions") { Description = "Directions that are kept, those in which voices differ most", DefaultValueFactory = _ => 160 };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of the draw of crops", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var own = new VoicesCommand();
        var command = new Command("voices", "Measures on labelled speech how one voice varies and how voices differ in an embedder's space: what clustering by probability needs")
        {
            own._model, own._target, own._crop, own._crops, own._directions, own._seed,
        };
        own._speech.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => own.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        double seconds = parsed.GetValue(_crop);
        int most = parsed.GetValue(_crops), directions = parsed.GetValue(_directions);
        if (seconds is not (>= 0.3 and <= 20) || most is < 2 or > 1_000)
            throw new UserErrorException(FormattableString.Invariant($"--crop is {seconds} and --crops {most}; give 0.3 to 20 seconds and 2 to 1000 crops."));
        var source = _speech.Open(parsed, cancellation);
        var (utterances, library) = source.Decode(source.Utterances, cancellation);
        string path = parsed.GetValue(_model)!;
        using var embedder = SpeakerEmbedder.Load(path);
        if (directions < 1 || directions > embedder.Dimension)
            throw new UserErrorException($"--directions is {directions}; give 1 to {embedder.Dimension}, the length of the embeddings.");
        var (crops, voices) = Crops(utterances, (int)SampleClock.FromSeconds(seconds), most, parsed.GetValue(_seed));
        if (crops.Count == 0)
            throw new UserErrorException(FormattableString.Invariant($"No speaker has two crops of {seconds} s; give shorter ones with --crop."));
        var embeddings = new UtteranceEmbedder(embedder, library, new CropPlan()).Table(crops, cancellation);
        using var space = VoiceSpaceEstimate.Of(embeddings.Values, [.. voices], directions);
        string target = parsed.GetValue(_target)!;
        ModelFile.Save(target, Card(path, space), space);
        Console.WriteLine(FormattableString.Invariant($"wrote {target} from {crops.Count} crops of {voices.Distinct().Count()} speakers"));
        return 0;
    }

    private static ModelCard Card(string embedder, VoiceSpaceNetwork space)
    {
        var card = ModelFile.ReadCard(embedder);
        return new ModelCard
        {
            Name = $"{card.Name}-voices",
            Version = card.Version,
            Licence = card.Licence,
            Kind = ModelKind.VoiceSpace,
            Network = VoiceSpaceNetwork.NetworkName,
            EmbedderSha256 = card.WeightsSha256,
        }.WithNetworkOptions(space.Options);
    }

    /// <summary>Crops of speakers with two or more, by speaker; numbers of speakers in order.</summary>
    private static (List<Utterance> Crops, List<int> Voices) Crops(IReadOnlyList<Utterance> utterances, int length, int most, long seed)
    {
        var (crops, voices) = (new List<Utterance>(), new List<int>());
        int voice = 0;
        foreach (var speaker in SpeakerUtterances.Group(utterances))
        {
            var own = speaker.Utterances.SelectMany(u => Enumerable.Range(0, u.Length / length).Select(i => u with { Start = u.Start + (i * length), Length = length })).ToArray();
            if (own.Length < 2)
                continue;
            var random = new SeededRandom(seed, voice, 0);
            random.Shuffle(own.AsSpan());
            crops.AddRange(own.Take(most));
            voices.AddRange(Enumerable.Repeat(voice++, Math.Min(most, own.Length)));
        }
        return (crops, voices);
    }
}
