using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Batch normalisation over the dimensions beside the channels (dimension 1).</summary>
    public abstract class BatchNorm : nn.Module<Tensor, Tensor>
    {
        private readonly double _eps, _momentum;

        private protected BatchNorm(string name, long features, double eps, double momentum, bool affine, bool track)
            : base(name)
        {
            (_eps, _momentum) = (eps, momentum);
            if (affine)
            {
                register_parameter(nameof(weight), weight = new Parameter(ones(features)));
                register_parameter(nameof(bias), bias = new Parameter(zeros(features)));
            }

            if (!track) return;
            register_buffer(nameof(running_mean), running_mean = zeros(features));
            register_buffer(nameof(running_var), running_var = ones(features));
            register_buffer(nameof(num_batches_tracked), num_batches_tracked = zeros([], int64));
        }

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public Tensor? running_mean { get; }

        public Tensor? running_var { get; }

        public Tensor? num_batches_tracked { get; }

        public override Tensor forward(Tensor input)
        {
            if (training) num_batches_tracked?.add_(1);
            return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training || running_mean is null, _momentum, _eps);
        }
    }

    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long features, double eps, double momentum, bool affine, bool track)
            : base(nameof(BatchNorm1d), features, eps, momentum, affine, track)
        {
        }
    }

    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long features, double eps, double momentum, bool affine, bool track)
            : base(nameof(BatchNorm2d), features, eps, momentum, affine, track)
        {
        }
    }

    public sealed class InstanceNorm1d : nn.Module<Tensor, Tensor>
    {
        private readonly double _eps;

        internal InstanceNorm1d(long features, double eps, bool affine)
            : base(nameof(InstanceNorm1d))
        {
            _eps = eps;
            if (!affine) return;
            register_parameter(nameof(weight), weight = new Parameter(ones(features)));
            register_parameter(nameof(bias), bias = new Parameter(zeros(features)));
        }

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public override Tensor forward(Tensor input) => nn.functional.instance_norm(input, weight: weight, bias: bias, eps: _eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null) =>
                Placed(new BatchNorm1d(num_features, eps, momentum, affine, track_running_stats), device);

            public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null) =>
                Placed(new BatchNorm2d(num_features, eps, momentum, affine, track_running_stats), device);

            /// <exception cref="NotSupportedException">Running statistics are asked for.</exception>
            public static InstanceNorm1d InstanceNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null) =>
                track_running_stats
                    ? throw new NotSupportedException("Instance normalisation keeps no running statistics here.")
                    : Placed(new InstanceNorm1d(num_features, eps, affine), device);
        }
    }
}
