using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op OpClamp = new("clamp"), OpClampMin = new("clamp_min"), OpClampMax = new("clamp_max"), OpClamp_ = new("clamp_"),
            OpMatmul = new("matmul"), OpMm = new("mm"), OpBmm = new("bmm"), OpSoftmax = new("softmax", "int"), OpLogSoftmax = new("log_softmax", "int"),
            OpWhere = new("where", "self"), OpMaskedFill = new("masked_fill", "Scalar"), OpMaskedFill_ = new("masked_fill_", "Scalar"),
            OpAnd = new("logical_and"), OpOr = new("logical_or"), OpFill_ = new("fill_", "Scalar"), OpCopy_ = new("copy_"),
            OpAddcmul_ = new("addcmul_"), OpAddcdiv_ = new("addcdiv_"), OpLerpScalar_ = new("lerp_", "Scalar"), OpLerp_ = new("lerp_", "Tensor"),
            OpMaximum = new("maximum"), OpMinimum = new("minimum"), OpOuter = new("outer"), OpNanToNum = new("nan_to_num"),
            OpNormal_ = new("normal_"), OpUniform_ = new("uniform_"), OpBernoulli_ = new("bernoulli_", "float"), OpScatter_ = new("scatter_", "value"),
            OpZerosLike = new("zeros_like"), OpOnesLike = new("ones_like");

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => OpClamp.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => OpClamp_.CallInPlace(this, this, min, max);

        public Tensor clamp_min(Scalar min) => OpClampMin.Call(this, min);

        public Tensor clamp_max(Scalar max) => OpClampMax.Call(this, max);

        public Tensor matmul(Tensor target) => OpMatmul.Call(this, target);

        public Tensor mm(Tensor target) => OpMm.Call(this, target);

        public Tensor bmm(Tensor batch2) => OpBmm.Call(this, batch2);

        public Tensor outer(Tensor vec2) => OpOuter.Call(this, vec2);

        public Tensor softmax(long dim, ScalarType? dtype = null) => OpSoftmax.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => OpLogSoftmax.Call(this, dim, dtype);

        /// <summary>This tensor's elements where <paramref name="condition"/> holds, else those of <paramref name="y"/>.</summary>
        public Tensor where(Tensor condition, Tensor y) => OpWhere.Call(condition, this, y);

        public Tensor masked_fill(Tensor mask, Scalar value) => OpMaskedFill.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => OpMaskedFill_.CallInPlace(this, this, mask, value);

        public Tensor logical_and(Tensor other) => OpAnd.Call(this, other);

        public Tensor logical_or(Tensor other) => OpOr.Call(this, other);

        public Tensor maximum(Tensor other) => OpMaximum.Call(this, other);

        public Tensor minimum(Tensor other) => OpMinimum.Call(this, other);

        public Tensor nan_to_num(double? nan = null) => OpNanToNum.Call(this, nan is { } value ? value : Arg.Null);

        public Tensor fill_(Scalar value) => OpFill_.CallInPlace(this, this, value);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => OpCopy_.CallInPlace(this, this, source, nonBlocking);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => OpAddcmul_.CallInPlace(this, this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => OpAddcdiv_.CallInPlace(this, this, tensor1, tensor2, value);

        public Tensor lerp_(Tensor end, Scalar weight) => OpLerpScalar_.CallInPlace(this, this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => OpLerp_.CallInPlace(this, this, end, weight);

        public Tensor normal_(double mean = 0.0, double std = 1.0) => OpNormal_.CallInPlace(this, this, mean, std);

        public Tensor uniform_(double from, double to) => OpUniform_.CallInPlace(this, this, from, to);

        public Tensor bernoulli_(double p = 0.5) => OpBernoulli_.CallInPlace(this, this, p);

        public Tensor scatter_(long dim, Tensor index, Scalar value) => OpScatter_.CallInPlace(this, this, dim, index, value);

        public Tensor zeros_like(ScalarType? dtype = null) => OpZerosLike.Call(this, dtype);

        public Tensor ones_like(ScalarType? dtype = null) => OpOnesLike.Call(this, dtype);
    }
}
