using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Optimisation;

/// <summary>
/// Exponential moving average of a network's weights and running statistics, kept in a second network. The decay grows from 0.1 at the
/// first step towards its value, so that the average soon forgets the random start.
/// </summary>
internal sealed class WeightAverage
{
    private readonly (Tensor Average, Tensor Source)[] _pairs;
    private readonly double _decay;

    public WeightAverage(nn.Module average, nn.Module source, double decay)
    {
        _decay = decay;
        var sources = source.state_dict();
        _pairs = [.. average.state_dict().Select(entry => (entry.Value, sources[entry.Key]))];
        using var frozen = no_grad();
        foreach (var (target, from) in _pairs)
            target.copy_(from);
    }

    /// <summary>Takes in the weights after step <paramref name="step"/>.</summary>
    public void Update(long step)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        double decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        foreach (var (target, from) in _pairs)
        {
            if (target.dtype == ScalarType.Float32)
                target.mul_(decay).add_(from, 1 - decay);
            else
                target.copy_(from);
        }
    }
}
