using System.Globalization;
using Diarizer.Networks.Models;
using Diarizer.Training.Configuration;
using Diarizer.Training.Optimisation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>How a run ended.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Finished">False when it was asked to stop before its last step.</param>
/// <param name="Figures">The last validation.</param>
internal sealed record RunResult(long Step, bool Finished, IReadOnlyList<(string Name, ModelFigure Figure)> Figures);

/// <summary>Runs a task from its newest checkpoint, or from the start, to its last step.</summary>
internal sealed class TrainingLoop(RunOptions run, TrainingTask task, string folder)
{
    private readonly Checkpoints _checkpoints = new(Path.Combine(folder, "checkpoints"));
    private readonly LoopOptions _options = run.Loop;

    /// <exception cref="UserErrorException">The loss is no longer finite; the last checkpoint stays.</exception>
    public RunResult Run(CancellationToken cancellation)
    {
        using var optimiser = Optimisers.Create(run.Optimiser, task.Parameters);
        long first = _checkpoints.Newest() ?? 0;
        string? initialised = null;
        if (first == 0)
        {
            task.Begin();
            initialised = Initialisation.Apply(run.Initialise, task.Network);
        }
        var average = new WeightAverage(task.Average, task.Network, _options.AverageDecay);
        if (first > 0)
            _checkpoints.Load(first, task, optimiser);
        using var log = new RunLog(Path.Combine(folder, "log.csv"), "loss,learning_rate,gradient_norm", first);
        using var validationLog = new RunLog(Path.Combine(folder, "validation.csv"), "figure,value", first);
        var progress = new Progress(first, _options.Steps);
        progress.Say(first == 0
            ? $"training {run.Name}: {task.Parameters.Sum(p => p.numel()):N0} parameters, {_options.Steps} steps"
            : $"continuing {run.Name} after step {first} of {_options.Steps}");
        if (initialised is not null)
            progress.Say($"the network's weights are those of {initialised}");
        using var queue = new BatchQueue(task.CreateMaker, _options.Workers, first, _options.Steps);
        IReadOnlyList<(string, ModelFigure)> figures = [];
        for (long step = first; step < _options.Steps; step++)
        {
            if (cancellation.IsCancellationRequested)
            {
                _checkpoints.Save(step, task, optimiser);
                progress.Say($"stopped; the checkpoint after step {step} is in {folder}, continue with --resume");
                return new RunResult(step, false, figures);
            }
            TakeStep(step, queue, optimiser, log, progress);
            average.Update(step);
            bool last = step + 1 == _options.Steps;
            if ((step + 1) % _options.CheckpointEvery == 0 || last)
                _checkpoints.Save(step + 1, task, optimiser);
            if ((step + 1) % _options.ValidateEvery == 0 || last)
                figures = Validate(step + 1, validationLog, progress);
        }
        if (first >= _options.Steps)
            figures = Validate(first, validationLog, progress);
        return new RunResult(Math.Max(first, _options.Steps), true, figures);
    }

    private void TakeStep(long step, BatchQueue queue, OptimizerHelper optimiser, RunLog log, Progress progress)
    {
        using var batch = queue.Take(step);
        using var scope = NewDisposeScope();
        double rate = run.Optimiser.RateAt(step, _options.Steps);
        foreach (var group in optimiser.ParamGroups)
            group.LearningRate = rate;
        task.Network.train();
        optimiser.zero_grad();
        var loss = task.Loss(batch, step);
        double value = loss.item<float>();
        if (!double.IsFinite(value))
            throw new UserErrorException(
                $"The loss of step {step + 1} is {value.ToString(CultureInfo.InvariantCulture)}; the last checkpoint in {folder} is from before: lower optimiser.learningRate or set loop.clipGradient, and continue with --resume.");
        loss.backward();
        double norm = _options.ClipGradient > 0 ? nn.utils.clip_grad_norm_(task.Parameters, _options.ClipGradient) : double.NaN;
        optimiser.step();
        log.Add(step + 1, value, rate, norm);
        progress.Step(step + 1, value, rate, batch.Sequences);
    }

    private IReadOnlyList<(string, ModelFigure)> Validate(long done, RunLog log, Progress progress)
    {
        progress.Pause();
        var figures = task.Validate();
        foreach (var (name, figure) in figures)
            log.Add(done, name, figure.Value);
        if (figures.Count > 0)
            progress.Say($"validation after step {done}: " + string.Join("  ", figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name.Replace("validation", "", StringComparison.Ordinal)} {f.Figure.Value:0.0000}"))));
        progress.Continue();
        return figures;
    }
}
