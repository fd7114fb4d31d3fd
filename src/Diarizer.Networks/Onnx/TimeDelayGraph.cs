using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;

namespace Diarizer.Networks.Onnx;

/// <summary>The networks over [B, C, T] as ONNX operators.</summary>
internal static class TimeDelayGraph
{
    public static string Tdnn(OnnxGraph graph, string centred)
    {
        string x = centred;
        foreach (var (layer, dilation) in ((string, long)[])[("frame1", 1), ("frame2", 2), ("frame3", 3), ("frame4", 1), ("frame5", 1)])
            x = graph.BatchNormalise($"{layer}.bn", graph.Relu(graph.Convolve($"{layer}.kernel", x, dilations: [dilation])));
        string deviation = graph.Deviation(graph.Variance(x, unbiased: false), offset: Trunks.TimeDelay.Tdnn.LeastVariance);
        x = graph.Concatenate(graph.Mean(x, 2), graph.Squeeze(deviation, 2));
        foreach (string segment in (string[])["segment6", "segment7"])
            x = graph.BatchNormalise($"{segment}.2", graph.Relu(graph.Linear($"{segment}.0", x)));
        return x;
    }

    public static string Ecapa(OnnxGraph graph, EcapaTdnnOptions options, string centred)
    {
        var form = EcapaForm.Of(options.Variant);
        string x = graph.BatchNormalise("bn1", graph.Relu(Padded(graph, "conv1", centred, 2, 1, form)));
        string first = Block(graph, "layer1", x, 2, options, form);
        string second = Block(graph, "layer2", form.SeesAllBefore ? graph.Plus(x, first) : first, 3, options, form);
        string third = Block(graph, "layer3", form.SeesAllBefore ? graph.Plus(graph.Plus(x, first), second) : second, 4, options, form);
        x = graph.Relu(graph.Convolve("layer4", graph.Concatenate(first, second, third)));
        if (form.NormalisesAggregate)
            x = graph.BatchNormalise("bn4", x);
        x = graph.Linear("fc6", graph.BatchNormalise("bn5", Pool(graph, x, options, form)));
        return options.NormaliseOutput ? graph.BatchNormalise("bn6", x) : x;
    }

    private static string Block(OnnxGraph graph, string block, string input, int dilation, EcapaTdnnOptions options, EcapaForm form)
    {
        string[] groups = graph.AddMany(
            "Split", [graph.BatchNormalise($"{block}.bn1", graph.Relu(graph.Convolve($"{block}.conv1", input)))], options.Scale, ("axis", 1L));
        int first = form.PassesFirstGroup ? 1 : 0;
        for (int i = 0; i < groups.Length - 1; i++)
        {
            string seen = i == 0 ? groups[first] : graph.Plus(groups[first + i - 1], groups[first + i]);
            groups[first + i] = graph.BatchNormalise($"{block}.bns.{i}", graph.Relu(Padded(graph, $"{block}.convs.{i}", seen, dilation, dilation, form)));
        }
        string x = graph.BatchNormalise($"{block}.bn3", graph.Relu(graph.Convolve($"{block}.conv3", graph.Concatenate(groups))));
        string gate = graph.Relu(graph.Convolve($"{block}.se.se.1", graph.Mean(x, 2, keep: true)));
        gate = graph.Add("Sigmoid", [graph.Convolve($"{block}.se.se.3", gate)]);
        return graph.Plus(graph.Times(x, gate), input);
    }

    private static string Padded(OnnxGraph graph, string layer, string x, long margin, long dilation, EcapaForm form)
    {
        if (form.Padding == PaddingModes.Zeros)
            return graph.Convolve(layer, x, padding: [margin], dilations: [dilation]);
        string around = graph.Add("Pad", [x], ("mode", "reflect"), ("pads", (long[])[0, 0, margin, 0, 0, margin]));
        return graph.Convolve(layer, around, dilations: [dilation]);
    }

    private static string Pool(OnnxGraph graph, string x, EcapaTdnnOptions options, EcapaForm form)
    {
        string hidden = options.GlobalContext ? WithContext(graph, x, form) : graph.Convolve("attention.0", x);
        if (form.NormalisesAttention)
            hidden = graph.BatchNormalise("attention.2", graph.Relu(hidden));
        string weights = graph.Softmax(graph.Convolve("attention.4", graph.Add("Tanh", [hidden])), 2);
        var (mean, variance) = graph.WeightedMoments(x, weights);
        if (form.SquaresDeviations)
        {
            string centred = graph.Minus(x, graph.Unsqueeze(mean, 2));
            variance = graph.Sum(graph.Times(graph.Times(centred, centred), weights), 2);
        }
        return graph.Concatenate(mean, graph.Deviation(variance, floor: form.LeastVariance));
    }

    /// <summary>The attention's first layer; what it sees of the utterance is the same in all frames, so its part is computed once.</summary>
    private static string WithContext(OnnxGraph graph, string x, EcapaForm form)
    {
        string deviation = graph.Deviation(graph.Variance(x, unbiased: !form.SquaresDeviations), form.LeastContextVariance, form.ContextVarianceOffset);
        var (values, shape) = graph.Read("attention.0.weight");
        int channels = (int)shape[1] / 3;
        string frames = Part(0, x, graph.Weight("attention.0.bias"));
        return graph.Plus(graph.Plus(frames, Part(1, graph.Mean(x, 2, keep: true))), Part(2, deviation));

        string Part(int part, params string[] inputs)
        {
            var weights = new float[shape[0] * channels];
            for (int row = 0; row < shape[0]; row++)
                values.AsSpan((3 * row + part) * channels, channels).CopyTo(weights.AsSpan(row * channels));
            string weight = graph.Constant($"attention.0.weight.{part}", weights, shape[0], channels, 1);
            return graph.Add("Conv", [inputs[0], weight, .. inputs[1..]], ("kernel_shape", (long[])[1]));
        }
    }
}
