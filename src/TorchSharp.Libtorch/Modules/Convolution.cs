using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <exception cref="NotSupportedException">A padding mode other than zeros.</exception>
            public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null)
            {
                RequireZeros(padding_mode);
                return Placed(new Conv1d(in_channels, out_channels, [kernel_size], [stride], [padding], [dilation], groups, bias), device);
            }

            /// <exception cref="NotSupportedException">A padding mode other than zeros.</exception>
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device);

            /// <exception cref="NotSupportedException">A padding mode other than zeros.</exception>
            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null)
            {
                RequireZeros(padding_mode);
                return Placed(
                    new Conv2d(in_channels, out_channels, Pair(kernel_size), Pair(stride ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(dilation ?? (1, 1)), groups, bias),
                    device);

                static long[] Pair((long, long) value) => [value.Item1, value.Item2];
            }

            private static void RequireZeros(PaddingModes mode)
            {
                if (mode != PaddingModes.Zeros) throw new NotSupportedException($"Convolutions pad with zeros here, not with {mode}: pad with functional.pad before.");
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What convolutions of any dimension share.</summary>
    public abstract class Convolution : nn.Module<Tensor, Tensor>
    {
        private readonly Op _op;
        private readonly long[] _stride, _padding, _dilation;
        private readonly long _groups;

        private protected Convolution(string name, Op op, long inChannels, long outChannels, long[] kernel, long[] stride, long[] padding, long[] dilation, long groups, bool hasBias)
            : base(name)
        {
            (_op, _stride, _padding, _dilation, _groups) = (op, stride, padding, dilation, groups);
            weight = new Parameter(empty([outChannels, inChannels / groups, .. kernel]));
            nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            register_parameter(nameof(weight), weight);
            if (!hasBias) return;
            var bound = 1 / Math.Sqrt(inChannels / groups * kernel.Aggregate(1L, (product, size) => product * size));
            bias = new Parameter(empty(outChannels).uniform_(-bound, bound));
            register_parameter(nameof(bias), bias);
        }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override Tensor forward(Tensor input) => _op.Call(input, weight, bias, _stride, _padding, _dilation, _groups);
    }

    public sealed class Conv1d : Convolution
    {
        internal Conv1d(long inChannels, long outChannels, long[] kernel, long[] stride, long[] padding, long[] dilation, long groups, bool hasBias)
            : base(nameof(Conv1d), nn.functional.OpConv1d, inChannels, outChannels, kernel, stride, padding, dilation, groups, hasBias)
        {
        }
    }

    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long inChannels, long outChannels, long[] kernel, long[] stride, long[] padding, long[] dilation, long groups, bool hasBias)
            : base(nameof(Conv2d), nn.functional.OpConv2d, inChannels, outChannels, kernel, stride, padding, dilation, groups, hasBias)
        {
        }
    }
}
