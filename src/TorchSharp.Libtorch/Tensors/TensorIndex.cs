namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of a tensor's indexer: a number, a slice, a mask or index tensor, all (<c>..</c>) or a new axis.</summary>
    public readonly struct TensorIndex
    {
        internal long? Single { get; init; }

        internal (long? Start, long? Stop, long Step)? Range { get; init; }

        internal Tensor? Index { get; init; }

        internal bool IsEllipsis { get; init; }

        internal bool IsNewAxis { get; init; }

        public static TensorIndex Colon => Slice();

        public static TensorIndex Ellipsis => new() { IsEllipsis = true };

        public static TensorIndex None => new() { IsNewAxis = true };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { Range = (start, stop, step ?? 1) };

        public static TensorIndex Tensor(Tensor tensor) => new() { Index = tensor };

        public static implicit operator TensorIndex(long value) => new() { Single = value };

        public static implicit operator TensorIndex(Tensor tensor) => Tensor(tensor);

        public static implicit operator TensorIndex(System.Range range)
        {
            long? start = range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value;
            long? stop = range.End.IsFromEnd ? (range.End.Value == 0 ? null : -range.End.Value) : range.End.Value;
            return Slice(start, stop);
        }
    }

    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get
            {
                var outer = DisposeScope.Current;
                using var scope = NewDisposeScope();
                return Pick(indices).DetachInto(outer);
            }
            set
            {
                using var scope = NewDisposeScope();
                Pick(indices).copy_(value);
            }
        }

        private Tensor Pick(TensorIndex[] indices)
        {
            var result = alias();
            var axis = 0L;
            var consumed = indices.Count(i => !i.IsNewAxis && !i.IsEllipsis);
            foreach (var index in indices)
            {
                if (index.IsEllipsis)
                {
                    axis += Dimensions - consumed;
                }
                else if (index.IsNewAxis)
                {
                    result = result.unsqueeze(axis++);
                }
                else if (index.Single is { } single)
                {
                    result = result.select(axis, single);
                }
                else if (index.Range is { } range)
                {
                    result = result.slice(axis, range.Start ?? 0, range.Stop ?? long.MaxValue, range.Step);
                    axis++;
                }
                else
                {
                    var positions = new Tensor?[axis + 1];
                    positions[axis] = index.Index;
                    result = OpIndex.Call(result, positions);
                    axis++;
                }
            }

            return result;
        }

        private Tensor DetachInto(DisposeScope? outer)
        {
            Scope?.Remove(this);
            Scope = outer;
            outer?.Add(this);
            return this;
        }
    }
}
