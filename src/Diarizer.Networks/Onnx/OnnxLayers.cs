namespace Diarizer.Networks.Onnx;

/// <summary>Layers as ONNX operators; a layer's weights are found by its name in the network.</summary>
internal static class OnnxLayers
{
    /// <summary>The constant that normalisations add to a variance, PyTorch's default.</summary>
    private const float VarianceOffset = 1e-5f;

    /// <summary>A convolution over [B, C, T] or [B, C, F, T]; every list has one number for each dimension, padding the same on both sides.</summary>
    public static string Convolve(this OnnxGraph graph, string layer, string x, long[]? strides = null, long[]? padding = null, long[]? dilations = null)
    {
        var (_, shape) = graph.Read($"{layer}.weight");
        int dimensions = shape.Length - 2;
        string[] inputs = [x, graph.Weight($"{layer}.weight")];
        if (graph.Has($"{layer}.bias"))
            inputs = [.. inputs, graph.Weight($"{layer}.bias")];
        long[] around = padding ?? new long[dimensions];
        return graph.Add(
            "Conv",
            inputs,
            ("kernel_shape", shape[2..]),
            ("strides", strides ?? Ones(dimensions)),
            ("pads", (long[])[.. around, .. around]),
            ("dilations", dilations ?? Ones(dimensions)));
    }

    /// <summary>Batch normalisation with its running statistics.</summary>
    public static string BatchNormalise(this OnnxGraph graph, string layer, string x)
    {
        var (mean, shape) = graph.Read($"{layer}.running_mean");
        bool affine = graph.Has($"{layer}.weight");
        string scale = affine ? graph.Weight($"{layer}.weight") : graph.Constant($"ones_{mean.Length}", [.. Enumerable.Repeat(1f, mean.Length)], shape);
        string offset = affine ? graph.Weight($"{layer}.bias") : graph.Constant($"zeros_{mean.Length}", new float[mean.Length], shape);
        return graph.Add("BatchNormalization", [x, scale, offset, graph.Weight($"{layer}.running_mean"), graph.Weight($"{layer}.running_var")], ("epsilon", VarianceOffset));
    }

    /// <summary>Normalises each bin of [B, bins, T] over time.</summary>
    public static string InstanceNormalise(this OnnxGraph graph, string x)
    {
        string centred = graph.Centre(x);
        string variance = graph.Mean(graph.Times(centred, centred), 2, keep: true);
        return graph.Add("Div", [centred, graph.Deviation(variance, offset: VarianceOffset)]);
    }

    /// <summary>A linear layer on [B, I].</summary>
    public static string Linear(this OnnxGraph graph, string layer, string x) =>
        graph.Add("Gemm", [x, graph.Weight($"{layer}.weight"), graph.Weight($"{layer}.bias")], ("transB", 1L));

    /// <summary>A linear layer on each position of [B, I, F, T].</summary>
    public static string Pointwise(this OnnxGraph graph, string layer, string x)
    {
        var (values, shape) = graph.Read($"{layer}.weight");
        string weight = graph.Constant($"{layer}.weight", values, [.. shape, 1, 1]);
        return graph.Add("Conv", [x, weight, graph.Weight($"{layer}.bias")], ("kernel_shape", (long[])[1, 1]));
    }

    public static string Relu(this OnnxGraph graph, string x) => graph.Add("Relu", [x]);

    public static string Plus(this OnnxGraph graph, string a, string b) => graph.Add("Add", [a, b]);

    public static string Minus(this OnnxGraph graph, string a, string b) => graph.Add("Sub", [a, b]);

    public static string Times(this OnnxGraph graph, string a, string b) => graph.Add("Mul", [a, b]);

    /// <summary>The mean over one dimension.</summary>
    public static string Mean(this OnnxGraph graph, string x, long axis, bool keep = false) =>
        graph.Add("ReduceMean", [x], ("axes", (long[])[axis]), ("keepdims", keep ? 1L : 0L));

    /// <summary>The sum over one dimension.</summary>
    public static string Sum(this OnnxGraph graph, string x, long axis) => graph.Add("ReduceSum", [x], ("axes", (long[])[axis]), ("keepdims", 0L));

    /// <summary>Adds a dimension of size 1.</summary>
    public static string Unsqueeze(this OnnxGraph graph, string x, long axis) => graph.Add("Unsqueeze", [x], ("axes", (long[])[axis]));

    /// <summary>Removes a dimension of size 1.</summary>
    public static string Squeeze(this OnnxGraph graph, string x, long axis) => graph.Add("Squeeze", [x], ("axes", (long[])[axis]));

    /// <summary>x less its mean over time, the last of three dimensions.</summary>
    public static string Centre(this OnnxGraph graph, string x) => graph.Minus(x, graph.Mean(x, 2, keep: true));

    /// <summary>The square root of a variance that is raised to a floor, or to which an offset is added.</summary>
    public static string Deviation(this OnnxGraph graph, string variance, double floor = 0, double offset = 0)
    {
        if (offset > 0)
            variance = graph.Plus(variance, graph.Constant($"offset_{offset:R}", [(float)offset]));
        if (floor > 0)
            variance = graph.Add("Clip", [variance], ("min", (float)floor));
        return graph.Add("Sqrt", [variance]);
    }

    /// <summary>Variance over time of [B, C, T], the dimension kept; unbiased, that is over T - 1, when asked.</summary>
    public static string Variance(this OnnxGraph graph, string x, bool unbiased)
    {
        string centred = graph.Centre(x);
        string variance = graph.Mean(graph.Times(centred, centred), 2, keep: true);
        if (!unbiased)
            return variance;
        string frames = graph.Add("Cast", [graph.Add("Gather", [graph.Add("Shape", [x]), graph.Integers(2)])], ("to", 1L));
        string others = graph.Minus(frames, graph.Constant("one", [1f], 1));
        return graph.Times(variance, graph.Add("Div", [frames, others]));
    }

    /// <summary>Weighted mean over time of [B, C, T], and the weighted variance as mean square less squared mean.</summary>
    public static (string Mean, string Variance) WeightedMoments(this OnnxGraph graph, string x, string weights, long axis = 2)
    {
        string weighted = graph.Times(x, weights);
        string mean = graph.Sum(weighted, axis);
        return (mean, graph.Minus(graph.Sum(graph.Times(weighted, x), axis), graph.Times(mean, mean)));
    }

    public static string Concatenate(this OnnxGraph graph, params string[] parts) => graph.Add("Concat", parts, ("axis", 1L));

    /// <summary>Softmax over one dimension, after which come none but those of size 1: in this operator set it runs over all that are left.</summary>
    public static string Softmax(this OnnxGraph graph, string x, long axis) => graph.Add("Softmax", [x], ("axis", axis));

    private static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];
}
