using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op OpClone = new("clone"), OpDetach = new("detach"), OpContiguous = new("contiguous"), OpToDtype = new("to", "dtype"),
            OpToDevice = new("to", "device"), OpReshape = new("reshape"), OpView = new("view"), OpFlatten = new("flatten", "using_ints"),
            OpUnsqueeze = new("unsqueeze"), OpSqueeze = new("squeeze"), OpSqueezeDim = new("squeeze", "dim"), OpTranspose = new("transpose", "int"),
            OpPermute = new("permute"), OpExpand = new("expand"), OpRepeat = new("repeat"), OpNarrow = new("narrow"), OpSelect = new("select", "int"),
            OpSlice = new("slice", "Tensor"), OpIndexSelect = new("index_select"), OpIndex = new("index", "Tensor"), OpGather = new("gather"),
            OpUnbind = new("unbind", "int"), OpChunk = new("chunk"), OpSplit = new("split", "Tensor"), OpSplitSizes = new("split_with_sizes"),
            OpFlip = new("flip"), OpRoll = new("roll"), OpDiagonal = new("diagonal"), OpTriu = new("triu"), OpTril = new("tril"),
            OpUnfold = new("unfold"), OpRealView = new("view_as_real"), OpReal = new("real");

        public Tensor alias() => new(Bridge.tl_alias(Handle));

        public Tensor clone() => OpClone.Call(this);

        public Tensor detach() => OpDetach.Call(this);

        public Tensor contiguous() => OpContiguous.Call(this);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeIf(OpToDtype.Call(this, type, non_blocking, copy), disposeAfter);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeIf(OpToDevice.Call(this, device, dtype, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            DisposeIf(OpToDevice.Call(this, device, type, non_blocking, copy), disposeAfter);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor reshape(params long[] shape) => OpReshape.Call(this, shape);

        public Tensor view(params long[] shape) => OpView.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => OpFlatten.Call(this, start_dim, end_dim);

        public Tensor unsqueeze(long dim) => OpUnsqueeze.Call(this, dim);

        public Tensor squeeze(long? dim = null) => dim is { } d ? OpSqueezeDim.Call(this, d) : OpSqueeze.Call(this);

        public Tensor transpose(long dim0, long dim1) => OpTranspose.Call(this, dim0, dim1);

        public Tensor t() => transpose(0, 1);

        public Tensor permute(params long[] permutation) => OpPermute.Call(this, permutation);

        public Tensor expand(params long[] sizes) => OpExpand.Call(this, sizes);

        public Tensor repeat(params long[] sizes) => OpRepeat.Call(this, sizes);

        public Tensor narrow(long dim, long start, long length) => OpNarrow.Call(this, dim, start, length);

        public Tensor select(long dim, long index) => OpSelect.Call(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => OpSlice.Call(this, dim, start, finish, step);

        public Tensor index_select(long dim, Tensor index) => OpIndexSelect.Call(this, dim, index);

        public Tensor gather(long dim, Tensor index) => OpGather.Call(this, dim, index);

        public Tensor[] unbind(long dimension = 0) => OpUnbind.CallList(this, dimension);

        public Tensor[] chunk(long chunks, long dim = 0) => OpChunk.CallList(this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => OpSplit.CallList(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => OpSplitSizes.CallList(this, sizes, dim);

        public Tensor flip(params long[] dims) => OpFlip.Call(this, dims);

        public Tensor roll(long shifts, long? dims = null) => OpRoll.Call(this, new[] { shifts }, dims is { } d ? new[] { d } : Array.Empty<long>());

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => OpDiagonal.Call(this, offset, dim1, dim2);

        public Tensor triu(long diagonal = 0) => OpTriu.Call(this, diagonal);

        public Tensor tril(long diagonal = 0) => OpTril.Call(this, diagonal);

        public Tensor unfold(long dimension, long size, long step) => OpUnfold.Call(this, dimension, size, step);

        public Tensor view_as_real() => OpRealView.Call(this);

        public Tensor real => OpReal.Call(this);

        private Tensor DisposeIf(Tensor result, bool disposeThis)
        {
            if (disposeThis && !ReferenceEquals(result, this)) Dispose();
            return result;
        }
    }
}
