using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op OpSum = new("sum"), OpSumDims = new("sum", "dim_IntList"), OpMean = new("mean"), OpMeanDims = new("mean", "dim"),
            OpMax = new("max"), OpMaxDim = new("max", "dim"), OpMin = new("min"), OpMinDim = new("min", "dim"), OpAmax = new("amax"), OpAmin = new("amin"),
            OpArgmax = new("argmax"), OpArgmin = new("argmin"), OpStd = new("std"), OpStdDims = new("std", "dim"), OpVar = new("var"),
            OpVarDims = new("var", "dim"), OpNorm = new("norm", "Scalar"), OpNormDims = new("norm", "ScalarOpt_dim"), OpAny = new("any"), OpAll = new("all"),
            OpAnyDim = new("any", "dim"), OpAllDim = new("all", "dim"), OpCumsum = new("cumsum"), OpProd = new("prod"), OpLogsumexp = new("logsumexp"),
            OpTopk = new("topk"), OpSort = new("sort"), OpArgsort = new("argsort");

        public Tensor sum(ScalarType? type = null) => OpSum.Call(this, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => OpSumDims.Call(this, new[] { dim }, keepdim, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => OpSumDims.Call(this, dim, keepdim, type);

        public Tensor mean() => OpMean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => OpMeanDims.Call(this, dimensions, keepdim, type);

        public Tensor max() => OpMax.Call(this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => OpMaxDim.CallPair(this, dim, keepdim);

        public Tensor min() => OpMin.Call(this);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => OpMinDim.CallPair(this, dim, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false) => OpAmax.Call(this, dims, keepdim);

        public Tensor amin(long[] dims, bool keepdim = false) => OpAmin.Call(this, dims, keepdim);

        public Tensor argmax() => OpArgmax.Call(this);

        public Tensor argmax(long dim, bool keepdim = false) => OpArgmax.Call(this, dim, keepdim);

        public Tensor argmin(long dim, bool keepdim = false) => OpArgmin.Call(this, dim, keepdim);

        public Tensor std(bool unbiased = true) => OpStd.Call(this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) => OpStdDims.Call(this, new[] { dim }, unbiased, keepdim);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false) => OpStdDims.Call(this, dimensions, unbiased, keepdim);

        public Tensor var(bool unbiased = true) => OpVar.Call(this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => OpVarDims.Call(this, new[] { dim }, unbiased, keepdim);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false) => OpVarDims.Call(this, dimensions, unbiased, keepdim);

        public Tensor norm(float p = 2.0f) => OpNorm.Call(this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => OpNormDims.Call(this, (double)p, new long[] { dim }, keepdim);

        public Tensor any() => OpAny.Call(this);

        public Tensor any(long dim, bool keepdim = false) => OpAnyDim.Call(this, dim, keepdim);

        public Tensor all() => OpAll.Call(this);

        public Tensor all(long dim, bool keepdim = false) => OpAllDim.Call(this, dim, keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => OpCumsum.Call(this, dim, type);

        public Tensor prod(ScalarType? dtype = null) => OpProd.Call(this, dtype);

        public Tensor logsumexp(long dim, bool keepdim = false) => OpLogsumexp.Call(this, new[] { dim }, keepdim);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => OpTopk.CallPair(this, k, dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false) => OpSort.CallPair(this, dim, descending);

        public Tensor argsort(long dim = -1, bool descending = false) => OpArgsort.Call(this, dim, descending);
    }
}
