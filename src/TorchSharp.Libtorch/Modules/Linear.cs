using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias)
            : base(nameof(Linear))
        {
            weight = new Parameter(empty(outputSize, inputSize));
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (hasBias) bias = new Parameter(empty(outputSize).uniform_(-1 / Math.Sqrt(inputSize), 1 / Math.Sqrt(inputSize)));
            RegisterComponents();
        }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);

        protected override void RegisterComponents()
        {
            register_parameter(nameof(weight), weight);
            if (bias is not null) register_parameter(nameof(bias), bias);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null) =>
                Placed(new Linear(inputSize, outputSize, hasBias), device);

            internal static T Placed<T>(T module, Device? device)
                where T : Module => device is null ? module : module.to(device);
        }
    }
}
