using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Onnx;

/// <summary>Runs the operators that exports use, as ONNX's operator set 9 defines them. It knows nothing of the networks.</summary>
internal sealed class OnnxInterpreter
{
    private readonly ProtoFields _graph;
    private readonly Dictionary<string, Tensor> _values = new(StringComparer.Ordinal);

    public OnnxInterpreter(byte[] file)
    {
        var model = new ProtoFields(file);
        Assert.Equal(4, model.Integer(1));
        Assert.Equal(9, model.Messages(8).Single().Integer(2));
        Properties = model.Messages(14).ToDictionary(p => p.Text(1), p => p.Text(2), StringComparer.Ordinal);
        _graph = model.Messages(7).Single();
        foreach (var tensor in _graph.Messages(5))
            _values.Add(tensor.Text(8), Constant(tensor));
    }

    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Runs the graph on features [B, bins, T].</summary>
    public Tensor Run(Tensor features)
    {
        _values["features"] = features;
        foreach (var node in _graph.Messages(1))
        {
            Tensor[] inputs = [.. node.Texts(1).Select(name => _values[name])];
            var attributes = node.Messages(5).ToDictionary(a => a.Text(1), StringComparer.Ordinal);
            var outputs = Execute(node.Text(4), inputs, attributes, node.Texts(2).Length);
            foreach (var (name, value) in node.Texts(2).Zip(outputs))
                _values[name] = value;
        }
        return _values[_graph.Messages(12).Single().Text(1)];
    }

    private static Tensor Constant(ProtoFields tensor)
    {
        var (shape, bytes) = (tensor.Integers(1), tensor.Bytes(9));
        return tensor.Integer(2) == 1
            ? torch.tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray()).reshape(shape)
            : torch.tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray()).reshape(shape);
    }

    private static Tensor[] Execute(string operation, Tensor[] x, Dictionary<string, ProtoFields> attributes, int outputs)
    {
        long[] Integers(string name) => attributes[name].Integers(8);
        long Integer(string name) => attributes[name].Integer(3);
        float Single(string name) => attributes[name].Single(2);
        return operation switch
        {
            "Identity" => x,
            "Conv" => [Convolve(x, Integers("kernel_shape").Length, attributes)],
            "BatchNormalization" => [nn.functional.batch_norm(x[0], x[3], x[4], x[1], x[2], eps: Single("epsilon"))],
            "Gemm" => [nn.functional.linear(x[0], Integer("transB") == 1 ? x[1] : x[1].t(), x[2])],
            "MatMul" => [x[0].matmul(x[1])],
            "Relu" => [x[0].relu()],
            "Tanh" => [x[0].tanh()],
            "Sigmoid" => [x[0].sigmoid()],
            "Sqrt" => [x[0].sqrt()],
            "Add" => [x[0] + x[1]],
            "Sub" => [x[0] - x[1]],
            "Mul" => [x[0] * x[1]],
            "Div" => [x[0] / x[1]],
            "Clip" => [x[0].clamp_min(Single("min"))],
            "Softmax" => [x[0].flatten(Integer("axis")).softmax(-1).reshape(x[0].shape)],
            "Concat" => [cat(x, Integer("axis"))],
            "Split" => x[0].split(x[0].shape[(int)Integer("axis")] / outputs, (int)Integer("axis")),
            "ReduceMean" => [x[0].mean(Integers("axes"), Integer("keepdims") == 1)],
            "ReduceSum" => [x[0].sum(Integers("axes")[0], Integer("keepdims") == 1)],
            "GlobalAveragePool" => [x[0].mean([2L, 3L], true)],
            "MaxPool" => [nn.functional.max_pool2d(x[0], Integers("kernel_shape"), Integers("strides"), attributes.TryGetValue("pads", out var pads) ? pads.Integers(8)[..2] : [0, 0])],
            "Squeeze" => [x[0].squeeze(Integers("axes")[0])],
            "Unsqueeze" => [x[0].unsqueeze(Integers("axes")[0])],
            "Reshape" => [x[0].reshape([.. Longs(x[1]).Select((size, d) => size == 0 ? x[0].shape[d] : size)])],
            "Transpose" => [x[0].permute(Integers("perm"))],
            "Pad" => [nn.functional.pad(x[0], (Integers("pads")[2], Integers("pads")[5]), PaddingModes.Reflect)],
            "Shape" => [torch.tensor(x[0].shape)],
            "Gather" => [torch.tensor(Longs(x[1]).Select(i => Longs(x[0])[i]).ToArray())],
            "Cast" => [x[0].to(ScalarType.Float32)],
            _ => throw new NotSupportedException(operation),
        };
    }

    private static Tensor Convolve(Tensor[] x, int dimensions, Dictionary<string, ProtoFields> attributes)
    {
        var bias = x.Length > 2 ? x[2] : null;
        long[] strides = List("strides", 1), padding = List("pads", 0)[..dimensions], dilations = List("dilations", 1);
        return dimensions == 1
            ? nn.functional.conv1d(x[0], x[1], bias, strides[0], padding[0], dilations[0])
            : nn.functional.conv2d(x[0], x[1], bias, strides, padding, dilations);

        long[] List(string name, long other) => attributes.TryGetValue(name, out var values) ? values.Integers(8) : [.. Enumerable.Repeat(other, dimensions)];
    }

    private static long[] Longs(Tensor tensor) => MemoryMarshal.Cast<byte, long>(tensor.contiguous().bytes).ToArray();
}
