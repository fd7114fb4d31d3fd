using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding)
            : base(nameof(MaxPool2d)) => (this.kernel_size, this.stride, this.padding) = (kernel_size, stride, padding);

        public long[] kernel_size { get; }

        public long[]? stride { get; }

        public long[]? padding { get; }

        public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel_size, stride, padding);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null) =>
                MaxPool2d((kernel_size, kernel_size), (stride ?? kernel_size, stride ?? kernel_size), (padding ?? 0, padding ?? 0));

            public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null)
            {
                return new MaxPool2d(Pair(kernel_size), Pair(stride ?? kernel_size), Pair(padding ?? (0, 0)));

                static long[] Pair((long, long) value) => [value.Item1, value.Item2];
            }
        }
    }
}
