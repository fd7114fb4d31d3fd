using System.Globalization;
using Diarizer.Networks.Models;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Optimisation;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>How a run ended.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Finished">False when it was asked to stop before its end.</param>
/// <param name="Figures">The last validation.</param>
internal sealed record RunResult(long Step, bool Finished, IReadOnlyList<(string Name, ModelFigure Figure)> Figures);

/// <summary>Runs a task from its newest checkpoint, or from the start, to its last step or until its patience is over.</summary>
internal sealed class TrainingLoop(RunOptions run, TrainingTask task, string folder)
{
    /// <summary>Index of the draws of layers such as dropout among those of a step.</summary>
    private const long NetworkDraws = -4;

    private readonly Checkpoints _checkpoints = new(folder);
    private readonly BestAverage _best = new(folder, task.HigherIsBetter);
    private readonly LoopOptions _options = run.Loop;

    /// <exception cref="UserErrorException">The loss is no longer finite, or the disk is full; the last checkpoint stays.</exception>
    public RunResult Run(CancellationToken cancellation)
    {
        using var optimiser = Optimisers.Create(run.Optimiser, task.Parameters);
        long first = _checkpoints.Newest() ?? 0;
        using var monitor = new RunMonitor(folder, run.Name, first, _options.Steps);
        var average = Begin(first, optimiser, monitor);
        using var queue = new BatchQueue(task.CreateMaker, _options.Workers, first, _options.Steps);
        IReadOnlyList<(string, ModelFigure)> figures = [];
        long step = first;
        while (step < _options.Steps && !IsImpatient(step))
        {
            if (cancellation.IsCancellationRequested)
            {
                Save(step, optimiser);
                monitor.Draw(_best.Current);
                monitor.Say($"stopped; the checkpoint after step {step} is in {folder}, continue with --resume");
                return new RunResult(step, false, figures);
            }
            TakeStep(step, queue, optimiser, monitor);
            average.Update(step++);
            bool last = step == _options.Steps;
            // The checkpoint comes after the validation: whoever continues from it has not missed one.
            if (step % _options.ValidateEvery == 0 || last)
                figures = Validate(step, monitor);
            if (step % _options.CheckpointEvery == 0 || last || IsImpatient(step))
                Save(step, optimiser);
        }
        if (step < _options.Steps)
            monitor.Say($"no better validation in {_options.Patience}: ended after step {step}, best after step {_best.Current?.Step}");
        return new RunResult(step, true, step > first ? figures : task.Validate());
    }

    /// <summary>Restores the newest checkpoint, or prepares a fresh start.</summary>
    private WeightAverage Begin(long first, OptimizerHelper optimiser, RunMonitor monitor)
    {
        monitor.Say(first == 0
            ? $"training {run.Name}: {task.Parameters.Sum(p => p.numel()):N0} parameters, {_options.Steps} steps"
            : $"continuing {run.Name} after step {first} of {_options.Steps}");
        _best.Begin(first);
        if (first == 0)
        {
            task.Begin();
            if (Initialisation.Apply(run.Initialise, task.Network) is { } source)
                monitor.Say($"the network's weights are those of {source}");
        }
        var average = new WeightAverage(task.Average, task.Network, _options.AverageDecay);
        if (first > 0)
            _checkpoints.Load(first, task, optimiser);
        return average;
    }

    private void TakeStep(long step, BatchQueue queue, OptimizerHelper optimiser, RunMonitor monitor)
    {
        using var batch = queue.Take(step);
        using var scope = NewDisposeScope();
        double rate = run.Optimiser.RateAt(step, _options.Steps);
        foreach (var group in optimiser.ParamGroups)
            group.LearningRate = rate;
        task.Network.train();
        optimiser.zero_grad();
        manual_seed((long)(new SeededRandom(run.Seed, step, NetworkDraws).NextUInt64() >> 1));
        var loss = task.Loss(batch, step);
        double value = loss.item<float>();
        RequireFinite(value, "loss", step);
        loss.backward();
        double norm = double.NaN;
        if (_options.ClipGradient > 0)
            RequireFinite(norm = nn.utils.clip_grad_norm_(task.Parameters, _options.ClipGradient), "gradient's norm", step);
        optimiser.step();
        monitor.Step(step + 1, value, rate, norm, batch.Sequences);
    }

    private void RequireFinite(double value, string what, long step)
    {
        if (!double.IsFinite(value))
            throw new UserErrorException(
                $"The {what} of step {step + 1} is {value.ToString(CultureInfo.InvariantCulture)}; the last checkpoint in {folder} is from before: lower optimiser.learningRate or set loop.clipGradient, and continue with --resume.");
    }

    private IReadOnlyList<(string, ModelFigure)> Validate(long done, RunMonitor monitor)
    {
        monitor.Pause();
        var figures = task.Validate();
        if (figures.Count == 0 && _options.Patience > 0)
            throw new UserErrorException("loop.patience needs validation figures, and there are none; raise data.validationShare so that two speakers of a corpus validate, or set loop.patience to 0.");
        monitor.Validation(done, figures);
        if (figures.Count > 0)
            _best.Offer(done, figures[0].Figure.Value, task);
        monitor.Draw(_best.Current);
        monitor.Continue();
        return figures;
    }

    private void Save(long step, OptimizerHelper optimiser)
    {
        _checkpoints.Save(step, task, optimiser);
        _best.Prune(_checkpoints.Oldest() ?? 0);
    }

    /// <summary>Whether so many validations have passed without a better one. A function of the step and the best one, so that a run that continues decides alike.</summary>
    private bool IsImpatient(long step) =>
        _options.Patience > 0 && step / _options.ValidateEvery - (_best.Current?.Step ?? 0) / _options.ValidateEvery >= _options.Patience;
}
