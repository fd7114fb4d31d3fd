using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam (Kingma and Ba 2015); with <c>decoupled</c> weight decay, AdamW (Loshchilov and Hutter 2019).</summary>
    public class Adam : OptimizerHelper
    {
        private readonly bool _decoupled;

        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.99, double eps = 1e-8, double weight_decay = 0)
            : this(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay }, false)
        {
        }

        private protected Adam(IEnumerable<Modules.ParamGroup> parameters, Options defaults, bool decoupled)
        {
            _decoupled = decoupled;
            foreach (var group in parameters)
            {
                var merged = (group as IAdamGroup)?.Options.Or(defaults) ?? defaults;
                var own = new Group(group.Parameters.ToArray(), merged) { LearningRate = merged.LearningRate!.Value, InitialLearningRate = merged.LearningRate.Value };
                Groups.Add(own);
            }
        }

        private protected override int StateTensors => 2;

        private protected override void Update(Modules.ParamGroup group, Parameter parameter, Tensor gradient, Slot slot)
        {
            var options = ((Group)group).Options;
            var (beta1, beta2, decay) = (options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value);
            slot.Step++;
            if (decay != 0)
            {
                if (_decoupled) parameter.mul_(1 - (group.LearningRate * decay));
                else gradient = gradient.add(parameter, decay);
            }

            slot.Tensors[0].mul_(beta1).add_(gradient, 1 - beta1);
            slot.Tensors[1].mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
            var correction1 = 1 - Math.Pow(beta1, slot.Step);
            var correction2 = Math.Sqrt(1 - Math.Pow(beta2, slot.Step));
            var denominator = slot.Tensors[1].sqrt().div_(correction2).add_(options.eps!.Value);
            parameter.addcdiv_(slot.Tensors[0], denominator, -group.LearningRate / correction1);
        }

        private protected interface IAdamGroup
        {
            Options Options { get; }
        }

        /// <summary>Options of a group; what is null comes from the optimizer.</summary>
        public class Options
        {
            public double? LearningRate { get; set; }

            public double? beta1 { get; set; }

            public double? beta2 { get; set; }

            public double? eps { get; set; }

            public double? weight_decay { get; set; }

            internal Options Or(Options defaults) => new()
            {
                LearningRate = LearningRate ?? defaults.LearningRate,
                beta1 = beta1 ?? defaults.beta1,
                beta2 = beta2 ?? defaults.beta2,
                eps = eps ?? defaults.eps,
                weight_decay = weight_decay ?? defaults.weight_decay,
            };
        }

        public class ParamGroup : Modules.ParamGroup, IAdamGroup
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
                : base(parameters) =>
                Options = new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay };

            public Options Options { get; set; } = new();
        }

        private sealed class Group(IEnumerable<Parameter> parameters, Options options) : Modules.ParamGroup(parameters)
        {
            public Options Options { get; } = options;
        }
    }

    /// <summary>Adam with decoupled weight decay.</summary>
    public sealed class AdamW : Adam
    {
        public AdamW(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
            : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay }, true)
        {
        }

        public new sealed class ParamGroup : Adam.ParamGroup
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0)
                : base(parameters, lr, beta1, beta2, eps, weight_decay)
            {
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new([new Adam.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay);

            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay);

            public static AdamW AdamW(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new([new AdamW.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay);

            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay);
        }
    }
}
