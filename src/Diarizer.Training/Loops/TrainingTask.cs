using Diarizer.Networks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>What is trained: a network, its loss, its batches and its validation.</summary>
internal abstract class TrainingTask : IDisposable
{
    /// <summary>The network under training.</summary>
    public abstract nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>A second network of the same shape, for the average of the weights.</summary>
    public abstract nn.Module<Tensor, Tensor> Average { get; }

    /// <summary>What the loss learns beside the network; null when nothing.</summary>
    public virtual nn.Module? Head => null;

    public IEnumerable<Parameter> Parameters => Head is null ? Network.parameters() : Network.parameters().Concat(Head.parameters());

    /// <summary>Where networks and losses compute.</summary>
    protected Device Device { get; private set; } = CPU;

    /// <summary>Moves everything that learns to a device; before the first step and before a checkpoint is loaded.</summary>
    public virtual void MoveTo(Device device)
    {
        Device = device;
        Network.to(device);
        Average.to(device);
    }

    /// <summary>The loss of a batch, with gradients.</summary>
    public abstract Tensor Loss(PreparedBatch batch, long step);

    /// <summary>A batch maker for one thread.</summary>
    public abstract IBatchMaker CreateMaker();

    /// <summary>Prepares what needs the data once, before the first step of a fresh run.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Makes the averaged network fit to ship; training cannot go on with it afterwards.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Measures the average network.</summary>
    /// <returns>Figures by name; the first is the one to watch.</returns>
    public abstract IReadOnlyList<(string Name, ModelFigure Figure)> Validate();

    /// <summary>Whether a validation is better when its first figure is larger.</summary>
    public virtual bool HigherIsBetter => false;

    /// <summary>The model card, without training record and figures.</summary>
    public abstract ModelCard Card();

    public void Dispose()
    {
        Network.Dispose();
        Average.Dispose();
        Head?.Dispose();
    }
}
