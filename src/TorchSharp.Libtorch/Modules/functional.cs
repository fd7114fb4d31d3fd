using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
        NearestExact = 6,
    }

    public static partial class nn
    {
        public enum Reduction : long
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        public static class functional
        {
            internal static readonly Op OpConv1d = new("conv1d"), OpConv2d = new("conv2d");

            private static readonly Op OpLinear = new("linear"), OpBatchNorm = new("batch_norm"), OpInstanceNorm = new("instance_norm"), OpDropout = new("dropout"),
                OpCrossEntropy = new("cross_entropy_loss"), OpBce = new("binary_cross_entropy_with_logits"), OpMse = new("mse_loss"), OpPad = new("constant_pad_nd"),
                OpReflect1d = new("reflection_pad1d"), OpReplicate1d = new("replication_pad1d"), OpCosine = new("cosine_similarity"), OpOneHot = new("one_hot"),
                OpHardtanh = new("hardtanh"), OpPrelu = new("prelu"), OpLeakyRelu = new("leaky_relu"), OpAvgPool2d = new("avg_pool2d"), OpMaxPool2d = new("max_pool2d"),
                OpAdaptivePool2d = new("adaptive_avg_pool2d"), OpNorm = new("norm", "ScalarOpt_dim"),
                OpNearest2d = new("upsample_nearest2d"), OpBilinear2d = new("upsample_bilinear2d");

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => OpLinear.Call(input, weights, bias);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                OpConv1d.Call(input, weight, bias, new[] { stride ?? 1 }, new[] { padding ?? 0 }, new[] { dilation ?? 1 }, groups);

            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                OpConv2d.Call(input, weight, bias, strides ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups);

            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-5) =>
                OpBatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null,
                bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5) =>
                OpInstanceNorm.Call(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) => OpDropout.Call(input, p, training);

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            public static Tensor hardtanh(Tensor x, double min_val = -1.0, double max_val = 1.0, bool inplace = false) => OpHardtanh.Call(x, min_val, max_val);

            public static Tensor prelu(Tensor input, Tensor weight) => OpPrelu.Call(input, weight);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) => OpLeakyRelu.Call(input, negative_slope);

            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                OpCrossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null) =>
                OpBce.Call(input, target, weight, pos_weights, (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => OpMse.Call(input, target, (long)reduction);

            /// <exception cref="NotSupportedException">A mode other than constant, reflect or replicate.</exception>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant => OpPad.Call(input, pad, value),
                PaddingModes.Reflect => OpReflect1d.Call(input, pad),
                PaddingModes.Replicate => OpReplicate1d.Call(input, pad),
                _ => throw new NotSupportedException($"Padding mode {mode} is not supported here."),
            };

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                var norm = OpNorm.Call(input, p, new[] { dim }, true);
                return input / norm.clamp_min(eps);
            }

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) => OpCosine.Call(x1, x2, dim, eps);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => OpOneHot.Call(x, num_classes);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? strides = null) => OpAvgPool2d.Call(input, kernel_size, strides ?? []);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null) =>
                OpMaxPool2d.Call(input, kernel_size, strides ?? [], padding ?? [0, 0]);

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => OpAdaptivePool2d.Call(input, output_size);

            /// <exception cref="NotSupportedException">Anything but images [B, C, H, W] brought to a given size, by the nearest value or bilinearly.</exception>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (size is null || scale_factor is not null || antialias || x.Dimensions != 4)
                    throw new NotSupportedException("Only images [B, C, H, W] can be interpolated here, to a given size and without antialiasing.");
                return mode switch
                {
                    InterpolationMode.Nearest => OpNearest2d.Call(x, size),
                    InterpolationMode.Bilinear => OpBilinear2d.Call(x, size, align_corners ?? false),
                    _ => throw new NotSupportedException($"Interpolation mode {mode} is not supported here."),
                };
            }
        }
    }
}
