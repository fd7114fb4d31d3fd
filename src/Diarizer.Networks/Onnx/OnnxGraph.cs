using System.Runtime.InteropServices;
using Diarizer.Networks.Models;
using static TorchSharp.torch;

namespace Diarizer.Networks.Onnx;

/// <summary>
/// A graph of ONNX operators (operator set 9) under construction: nodes in order, and the weights that they use, by the names of the network's own parameters.
/// Values are named by what made them.
/// </summary>
internal sealed class OnnxGraph(nn.Module network)
{
    /// <summary>The version of the operators: an early one that every runtime knows; what shapes an operator are attributes throughout.</summary>
    public const int OperatorSet = 9;

    /// <summary>The name of the input: features [batch, bins, frames].</summary>
    public const string Features = "features";

    /// <summary>The name of the output: [batch, D].</summary>
    public const string Embedding = "embedding";

    /// <summary>The version of the file format that came with the operators.</summary>
    private const int FormatVersion = 4;

    private const int FloatElements = 1, Int64Elements = 7;

    private readonly Dictionary<string, SafeTensor> _state = StateTensors.Export(network, halfPrecision: false);
    private readonly OrderedDictionary<string, ProtoMessage> _initialisers = new(StringComparer.Ordinal);
    private readonly List<ProtoMessage> _nodes = [];

    /// <summary>Whether the network has such a parameter or buffer.</summary>
    public bool Has(string name) => _state.ContainsKey(name);

    /// <summary>Values and shape of a parameter or buffer.</summary>
    public (float[] Values, long[] Shape) Read(string name) => (_state[name].ToSingles(), [.. _state[name].Shape]);

    /// <summary>Adds an operator with one output.</summary>
    public string Add(string operation, string[] inputs, params (string Name, object Value)[] attributes) => AddMany(operation, inputs, 1, attributes)[0];

    /// <summary>Adds an operator with several outputs.</summary>
    public string[] AddMany(string operation, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        string name = $"{operation}_{_nodes.Count}";
        string[] made = [.. Enumerable.Range(0, outputs).Select(i => outputs == 1 ? name : $"{name}_{i}")];
        Node(operation, inputs, made, name, attributes);
        return made;
    }

    /// <summary>A parameter or buffer as an operator's input.</summary>
    public string Weight(string name)
    {
        var tensor = _state[name];
        return Initialiser(name, FloatElements, tensor.Shape, tensor.Data.Span);
    }

    /// <summary>Other floats as an operator's input.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape) => Initialiser(name, FloatElements, shape, MemoryMarshal.AsBytes(values));

    /// <summary>Integers as an operator's input, such as a shape.</summary>
    public string Integers(params long[] values) => Initialiser($"integers_{string.Join('_', values)}", Int64Elements, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>The model whose output is <paramref name="result"/>.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="result">The embedding.</param>
    /// <param name="bins">Values in one frame of the input.</param>
    /// <param name="size">Length of the embedding.</param>
    /// <param name="properties">Texts that go with the model.</param>
    public byte[] Finish(string name, string result, int bins, int size, IReadOnlyDictionary<string, string> properties)
    {
        Node("Identity", [result], [Embedding], Embedding, []);
        var graph = new ProtoMessage()
            .Messages(1, _nodes)
            .Text(2, name)
            .Messages(5, _initialisers.Values)
            .Message(11, Value(Features, "batch", bins, "frames"))
            .Message(12, Value(Embedding, "batch", size));
        return new ProtoMessage()
            .Integer(1, FormatVersion)
            .Text(2, "diarizer")
            .Message(7, graph)
            .Message(8, new ProtoMessage().Text(1, "").Integer(2, OperatorSet))
            .Messages(14, properties.Select(property => new ProtoMessage().Text(1, property.Key).Text(2, property.Value)))
            .ToArray();
    }

    private void Node(string operation, string[] inputs, string[] outputs, string name, (string Name, object Value)[] attributes) => _nodes.Add(
        new ProtoMessage().Texts(1, inputs).Texts(2, outputs).Text(3, name).Text(4, operation).Messages(5, attributes.Select(a => OnnxAttribute.Create(a.Name, a.Value))));

    private string Initialiser(string name, int type, IEnumerable<long> shape, ReadOnlySpan<byte> values)
    {
        if (!_initialisers.ContainsKey(name))
            _initialisers.Add(name, new ProtoMessage().Integers(1, shape).Integer(2, type).Text(8, name).Bytes(9, values));
        return name;
    }

    /// <summary>Name and type of an input or output; a dimension is a number or, where it may be anything, a name.</summary>
    private static ProtoMessage Value(string name, params object[] dimensions)
    {
        var shape = new ProtoMessage().Messages(1, dimensions.Select(d => d is string free ? new ProtoMessage().Text(2, free) : new ProtoMessage().Integer(1, (int)d)));
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, new ProtoMessage().Integer(1, FloatElements).Message(2, shape)));
    }
}
