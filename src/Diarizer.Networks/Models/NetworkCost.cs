using Diarizer.Networks.Trunks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Models;

/// <summary>What a network costs: its learned parameters, and the multiply-adds of one input without batch.</summary>
/// <param name="Parameters">Learned values.</param>
/// <param name="MultiplyAdds">
/// Multiply-adds of convolutions, linear and recurrent layers for <paramref name="Frames"/> frames; as is usual, what is done value by value
/// (activations, normalisation, pooling) is not counted.
/// </param>
/// <param name="Frames">Frames of the input.</param>
public sealed record NetworkCost(long Parameters, long MultiplyAdds, int Frames)
{
    /// <summary>Counts: runs the network once on silence and adds up what each of its layers was asked for.</summary>
    /// <param name="network">Features [B, bins, T] to anything.</param>
    /// <param name="bins">Values in one frame.</param>
    /// <param name="frames">Frames of the input; 200 are two seconds.</param>
    public static NetworkCost Of(nn.Module<Tensor, Tensor> network, int bins, int frames)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        long multiplyAdds = 0;
        var watches = network.modules().Select(module => Watch(module, count => multiplyAdds += count)).OfType<Action>().ToList();
        bool training = network.training;
        var precision = (network as IMixedPrecisionTrunk)?.TrunkType;
        try
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            network.eval();
            if (network is IMixedPrecisionTrunk trunk)
                trunk.TrunkType = ScalarType.Float32;
            var device = network.parameters().FirstOrDefault()?.device ?? CPU;
            network.call(zeros(1, bins, frames).to(device));
        }
        finally
        {
            network.train(training);
            if (network is IMixedPrecisionTrunk trunk && precision is { } type)
                trunk.TrunkType = type;
            foreach (var stop in watches)
                stop();
        }
        return new NetworkCost(network.parameters().Sum(p => p.numel()), multiplyAdds, frames);
    }

    /// <summary>Reports a layer's multiply-adds at each call until the returned action runs; null for what costs none.</summary>
    private static Action? Watch(nn.Module module, Action<long> report)
    {
        return module switch
        {
            Conv1d layer => layer.register_forward_hook((_, _, output) => PerOutput(output, layer.weight!)).remove,
            Conv2d layer => layer.register_forward_hook((_, _, output) => PerOutput(output, layer.weight!)).remove,
            Linear layer => layer.register_forward_hook((_, _, output) => PerOutput(output, layer.weight!)).remove,
            GRU layer => layer.register_forward_hook((_, input, _, output) => PerStep(layer, input, output)).remove,
            LSTM layer => layer.register_forward_hook((_, input, _, output) => PerStep(layer, input, output)).remove,
            _ => null,
        };

        // Each output value is a sum over one row of the weights [O, …].
        Tensor PerOutput(Tensor output, Tensor weight)
        {
            report(output.numel() * (weight.numel() / weight.shape[0]));
            return output;
        }

        // Each frame multiplies all matrices once, those of the backward direction too.
        T PerStep<T>(nn.Module layer, Tensor input, T output)
        {
            report(input.numel() / input.shape[^1] * layer.parameters().Where(p => p.dim() == 2).Sum(p => p.numel()));
            return output;
        }
    }
}
