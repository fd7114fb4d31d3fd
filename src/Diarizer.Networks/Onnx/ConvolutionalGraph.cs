using Diarizer.Networks.Trunks;

namespace Diarizer.Networks.Onnx;

/// <summary>The networks of two-dimensional convolutions, over [B, C, F, T], as ONNX operators.</summary>
internal static class ConvolutionalGraph
{
    public static string Fast(OnnxGraph graph, FastResNet34Options options, string normalised)
    {
        string x = Stem(graph, normalised, [2, 1], 3);
        x = Stages(graph, x, options.Blocks, [1, 2, 2, 1], Squeezed);
        x = options.KeepFrequency ? Flatten(graph, x, options.Channels[3] * options.FrequencyRows) : graph.Mean(x, 2);
        return graph.Linear("fc", Attend(graph, x, options.Pooling));
    }

    public static string Thin(OnnxGraph graph, ThinResNet34Options options, string normalised)
    {
        string x = Stem(graph, normalised, [2, 1], 3);
        x = graph.Add("MaxPool", [x], ("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 1]), ("pads", (long[])[1, 1, 1, 1]));
        x = Stages(graph, x, options.Blocks, [1, 2, 2, 2], Squeezed);
        return graph.Linear("fc", Attend(graph, graph.Mean(x, 2), options.Pooling));
    }

    public static string Half(OnnxGraph graph, HalfResNet34Options options, string normalised)
    {
        string x = graph.Unsqueeze(normalised, 1);
        x = graph.BatchNormalise("bn1", graph.Relu(graph.Convolve("conv1", x, padding: [1, 1])));
        x = Flatten(graph, Stages(graph, x, options.Blocks, [1, 2, 2, 2], Squeezed), options.FrameSize);
        string hidden = graph.BatchNormalise("attention.2", graph.Relu(graph.Convolve("attention.0", x)));
        string weights = graph.Softmax(graph.Convolve("attention.3", hidden), 2);
        return graph.Linear("fc", Moments(graph, x, weights, 2, options.Pooling));
    }

    public static string Plain(OnnxGraph graph, ResNet34Options options, string centred)
    {
        string x = Stages(graph, Stem(graph, centred, [1, 1], 1), options.Blocks, [1, 2, 2, 2], Residual);
        x = Flatten(graph, x, options.FrameSize);
        string deviation = graph.Deviation(graph.Variance(x, unbiased: true), offset: ResNet34.VarianceOffset);
        x = graph.Linear("seg_1", graph.Concatenate(graph.Mean(x, 2), graph.Squeeze(deviation, 2)));
        return options.SecondLayer ? graph.Linear("seg_2", graph.BatchNormalise("seg_bn_1", graph.Relu(x))) : x;
    }

    public static string Vgg(OnnxGraph graph, VggM40Options options, string normalised)
    {
        string x = graph.Unsqueeze(normalised, 1);
        x = Pool(Convolve(0, x, [1, 2], [2, 2]), [1, 3], [1, 2]);
        x = Pool(Convolve(4, x, [2, 2], [1, 1]), [3, 3], [2, 2]);
        x = Convolve(8, x, [1, 1], [1, 1]);
        x = Convolve(11, x, [1, 1], [1, 1]);
        x = Pool(Convolve(14, x, [1, 1], [1, 1]), [3, 3], [2, 2]);
        x = graph.Squeeze(Convolve(18, x, [1, 1], [0, 0]), 2);
        return graph.Linear("fc", Attend(graph, x, options.Pooling));

        // The convolution at a place of the sequence, its normalisation after it.
        string Convolve(int place, string input, long[] strides, long[] padding) =>
            graph.Relu(graph.BatchNormalise($"netcnn.{place + 1}", graph.Convolve($"netcnn.{place}", input, strides, padding)));

        string Pool(string input, long[] kernel, long[] strides) => graph.Add("MaxPool", [input], ("kernel_shape", kernel), ("strides", strides));
    }

    private static string Stem(OnnxGraph graph, string features, long[] strides, long padding)
    {
        string x = graph.Unsqueeze(features, 1);
        return graph.Relu(graph.BatchNormalise("bn1", graph.Convolve("conv1", x, strides, [padding, padding])));
    }

    private static string Stages(OnnxGraph graph, string x, IReadOnlyList<int> blocks, int[] strides, Func<OnnxGraph, string, string, long, string> block)
    {
        for (int stage = 0; stage < blocks.Count; stage++)
        {
            for (int i = 0; i < blocks[stage]; i++)
                x = block(graph, $"layer{stage + 1}.{i}", x, i == 0 ? strides[stage] : 1);
        }
        return x;
    }

    private static string Squeezed(OnnxGraph graph, string block, string input, long stride)
    {
        string x = graph.BatchNormalise($"{block}.bn1", graph.Relu(graph.Convolve($"{block}.conv1", input, [stride, stride], [1, 1])));
        x = graph.BatchNormalise($"{block}.bn2", graph.Convolve($"{block}.conv2", x, padding: [1, 1]));
        string gate = graph.Relu(graph.Pointwise($"{block}.se.fc.0", graph.Add("GlobalAveragePool", [x])));
        x = graph.Times(x, graph.Add("Sigmoid", [graph.Pointwise($"{block}.se.fc.2", gate)]));
        return graph.Relu(graph.Plus(x, Around(graph, $"{block}.downsample", input, stride)));
    }

    private static string Residual(OnnxGraph graph, string block, string input, long stride)
    {
        string x = graph.Relu(graph.BatchNormalise($"{block}.bn1", graph.Convolve($"{block}.conv1", input, [stride, stride], [1, 1])));
        x = graph.BatchNormalise($"{block}.bn2", graph.Convolve($"{block}.conv2", x, padding: [1, 1]));
        return graph.Relu(graph.Plus(x, Around(graph, $"{block}.shortcut", input, stride)));
    }

    private static string Around(OnnxGraph graph, string layer, string input, long stride) =>
        graph.Has($"{layer}.0.weight") ? graph.BatchNormalise($"{layer}.1", graph.Convolve($"{layer}.0", input, [stride, stride])) : input;

    /// <summary>[B, C, F, T] to [B, C·F, T].</summary>
    private static string Flatten(OnnxGraph graph, string x, int size) => graph.Add("Reshape", [x, graph.Integers(0, size, -1)]);

    /// <summary>Pools [B, C, T] as <see cref="AttentivePooling"/> does.</summary>
    private static string Attend(OnnxGraph graph, string x, PoolingKind pooling)
    {
        if (pooling == PoolingKind.TemporalAverage)
            return graph.Mean(x, 2);
        string frames = graph.Add("Transpose", [x], ("perm", (long[])[0, 2, 1]));
        string hidden = graph.Add("MatMul", [frames, graph.Add("Transpose", [graph.Weight("sap_linear.weight")], ("perm", (long[])[1, 0]))]);
        hidden = graph.Add("Tanh", [graph.Plus(hidden, graph.Weight("sap_linear.bias"))]);
        string weights = graph.Softmax(graph.Add("MatMul", [hidden, graph.Weight("attention")]), 1);
        return Moments(graph, frames, weights, 1, pooling);
    }

    private static string Moments(OnnxGraph graph, string x, string weights, long axis, PoolingKind pooling)
    {
        if (pooling == PoolingKind.SelfAttentive)
            return graph.Sum(graph.Times(x, weights), axis);
        var (mean, variance) = graph.WeightedMoments(x, weights, axis);
        return graph.Concatenate(mean, graph.Deviation(variance, floor: AttentivePooling.LeastVariance));
    }
}
