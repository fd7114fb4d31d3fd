using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Optimisation;

/// <summary>Builds optimisers with weight decay on matrices and filters only.</summary>
internal static class Optimisers
{
    public static OptimizerHelper Create(OptimiserOptions options, IEnumerable<Parameter> parameters)
    {
        var all = parameters.ToArray();
        var decayed = all.Where(p => p.dim() >= 2).ToArray();
        var free = all.Where(p => p.dim() < 2).ToArray();
        double rate = options.LearningRate, decay = options.WeightDecay;
        return options.Kind == OptimiserKind.AdamW
            ? optim.AdamW(new List<AdamW.ParamGroup> { new(decayed, rate, weight_decay: decay), new(free, rate, weight_decay: 0) }, rate)
            : optim.Adam(new List<Adam.ParamGroup> { new(decayed, rate, weight_decay: decay), new(free, rate, weight_decay: 0) }, rate);
    }
}
