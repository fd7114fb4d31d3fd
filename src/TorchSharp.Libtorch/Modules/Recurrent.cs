using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Weights and bookkeeping that GRU and LSTM share; names as in PyTorch (<c>weight_ih_l0</c>, …).</summary>
    internal sealed class RecurrentWeights
    {
        private readonly List<Tensor> _weights = [];
        private readonly bool _hasBias, _batchFirst, _bidirectional;
        private readonly long _layers, _hidden;
        private readonly double _dropout;

        public RecurrentWeights(nn.Module owner, long gates, long input, long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional)
        {
            (_hasBias, _batchFirst, _bidirectional, _layers, _hidden, _dropout) = (bias, batchFirst, bidirectional, layers, hidden, dropout);
            var bound = 1 / Math.Sqrt(hidden);
            for (var layer = 0; layer < layers; layer++)
            {
                for (var direction = 0; direction < Directions; direction++)
                {
                    var suffix = $"_l{layer}" + (direction == 1 ? "_reverse" : "");
                    Add("weight_ih" + suffix, gates * hidden, layer == 0 ? input : hidden * Directions);
                    Add("weight_hh" + suffix, gates * hidden, hidden);
                    if (!bias) continue;
                    Add("bias_ih" + suffix, gates * hidden);
                    Add("bias_hh" + suffix, gates * hidden);
                }
            }

            void Add(string name, params long[] shape)
            {
                var parameter = new Parameter(empty(shape).uniform_(-bound, bound));
                owner.register_parameter(name, parameter);
                _weights.Add(parameter);
            }
        }

        private long Directions => _bidirectional ? 2 : 1;

        public Tensor Initial(Tensor input) => zeros([_layers * Directions, input.shape[_batchFirst ? 0 : 1], _hidden], input.dtype, input.device);

        public (Tensor Output, Tensor Hidden) Gru(Op op, Tensor input, Tensor hidden, bool training) =>
            op.CallPair(input, hidden, _weights.ToArray(), _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);

        public (Tensor Output, Tensor Hidden, Tensor Cell) Lstm(Op op, Tensor input, (Tensor, Tensor) state, bool training) =>
            op.CallTriple(input, new[] { state.Item1, state.Item2 }, _weights.ToArray(), _hasBias, _layers, _dropout, training, _bidirectional, _batchFirst);
    }

    public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
    {
        private static readonly Op OpGru = new("gru", "input");
        private readonly RecurrentWeights _weights;

        internal GRU(long input, long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional)
            : base(nameof(GRU)) => _weights = new(this, 3, input, hidden, layers, bias, batchFirst, dropout, bidirectional);

        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null) => _weights.Gru(OpGru, input, h0 ?? _weights.Initial(input), training);

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }

    public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        private static readonly Op OpLstm = new("lstm", "input");
        private readonly RecurrentWeights _weights;

        internal LSTM(long input, long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional)
            : base(nameof(LSTM)) => _weights = new(this, 4, input, hidden, layers, bias, batchFirst, dropout, bidirectional);

        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null) =>
            _weights.Lstm(OpLstm, input, h0_c0 ?? (_weights.Initial(input), _weights.Initial(input)), training);

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GRU GRU(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null) =>
                Placed(new GRU(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), device);

            public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null) =>
                Placed(new LSTM(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional), device);
        }
    }
}
