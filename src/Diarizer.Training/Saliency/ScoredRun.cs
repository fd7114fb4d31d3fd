using Diarizer.Features;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using Diarizer.Training.Losses;
using Diarizer.Training.Sampling;
using Diarizer.Training.Speakers;

namespace Diarizer.Training.Saliency;

/// <summary>Opens the averaged network of a run's newest checkpoint with its classifier, for utterances of the speakers that it trains with.</summary>
internal sealed class ScoredRun(string folder, ScoredChoice choice)
{
    /// <param name="root">Finds the folder of the run's data.</param>
    /// <exception cref="UserErrorException">The run or the data is of no use, or the run has no classifier.</exception>
    public ScoredSet Open(Func<RunRecord, string> root)
    {
        var record = new RunFolder(folder).Read();
        var embedder = record.Options.Embedder ?? throw new UserErrorException($"{folder} trains no speaker embedder; give a run that does.");
        var checkpoints = new Checkpoints(folder);
        long step = checkpoints.Newest() ?? throw new UserErrorException($"{folder} has no checkpoint yet; try again after loop.checkpointEvery steps.");
        var data = TrainingData.Open(record.Options, root(record), choice.Cache, Console.WriteLine, choice.Cancellation);
        var task = TrainingTasks.Create(record.Options, data);
        checkpoints.LoadAverage(step, task);
        var (frontEnd, speakers) = (task.Card().CreateFrontEnd(), data.Training.Speakers);
        string name = $"{record.Options.Name} ({embedder.Network.Kind}, step {step})";
        var drawn = choice.Draw(speakers);
        string words = $"{ScoredChoice.Describe(drawn)} of the training data of the run{(choice.Augment ? ", augmented" : "")}";
        if (choice.Target == ScoreTarget.Mean)
        {
            var set = ScoredSet.OfMeans(task.Average, name, frontEnd, speakers.Count, Crops(drawn, d => d, frontEnd, data, embedder), words, choice);
            return set with { Owned = [.. set.Owned, task] };
        }
        var planner = new BatchPlanner(speakers, embedder.Sampling, record.Options.Seed);
        int speed = Array.IndexOf(embedder.Sampling.Speeds, 1.0);
        if (speed < 0)
            throw new UserErrorException("The run's speakers are played at no speed of 1, so its classifier knows none of them as they are; give --target mean.");
        var crops = Crops(drawn, speaker => planner.ClassOf(new VoiceClass(speaker, speed)), frontEnd, data, embedder);
        var scores = SpeakerScores.Of(task.Average, Classifier(task, checkpoints, step));
        choice.Prepare(task.Average);
        return new ScoredSet(task.Average, name, frontEnd, scores, "the logit of the speaker", planner.ClassCount, crops, words, choice.Device) { Owned = [task] };
    }

    private IClassScores Classifier(TrainingTask task, Checkpoints checkpoints, long step)
    {
        if ((task.Head as WeightedSum)?.Classifier is not { } classifier)
        {
            throw new UserErrorException(
                $"The losses of {folder} have no classifier (Softmax, AmSoftmax or AamSoftmax); give --target mean for the cosine to each speaker's mean embedding.");
        }
        checkpoints.LoadHead(step, task.Head!);
        choice.Prepare(task.Head!);
        return classifier;
    }

    private LabelledCrops Crops(List<(int Speaker, Utterance Utterance)> drawn, Func<int, long> classOf, FrontEnd frontEnd, TrainingData data, EmbedderOptions options)
    {
        var items = drawn.Select(d => new LabelledCrop(d.Utterance, classOf(d.Speaker))).ToList();
        return new LabelledCrops(data.Training, items, frontEnd, choice.CropSeconds, choice.Augment ? Augmentation(options.Augmentation, data) : null, choice.Seed);
    }

    private static AugmentationChain Augmentation(AugmentationOptions options, TrainingData data)
    {
        var rooms = Room.Load(data.Noises, options.Room);
        return new AugmentationChain(options, data.Training, data.Noises, rooms);
    }
}
