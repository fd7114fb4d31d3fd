using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        private readonly bool _inplace;

        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => _inplace = inplace;

        public override Tensor forward(Tensor input) => _inplace ? input.relu_() : input.relu();
    }

    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        public override Tensor forward(Tensor input) => input.sigmoid();
    }

    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        public override Tensor forward(Tensor input) => input.tanh();
    }

    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        private readonly double _p;

        internal Dropout(double p)
            : base(nameof(Dropout)) => _p = p;

        public override Tensor forward(Tensor input) => nn.functional.dropout(input, _p, training);
    }

    /// <summary>Modules called one after another; children are named 0, 1, … or as given.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> _modules = [];

        internal Sequential(IEnumerable<(string Name, nn.Module<Tensor, Tensor> Module)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules)
            {
                _modules.Add(module);
                register_module(name, module);
            }
        }

        public override Tensor forward(Tensor tensor)
        {
            var result = tensor;
            foreach (var module in _modules)
            {
                var next = module.call(result);
                // Inside a dispose scope or under autograd the intermediate is owned elsewhere; disposing the handle early frees memory at once.
                if (!ReferenceEquals(result, tensor) && !ReferenceEquals(result, next)) result.Dispose();
                result = next;
            }

            return ReferenceEquals(result, tensor) ? tensor.alias() : result;
        }

        protected override void RegisterComponents()
        {
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static Sigmoid Sigmoid() => new();

            public static Tanh Tanh() => new();

            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                new(modules.Select((module, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), module)));

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => Sequential([.. modules]);
        }
    }
}
