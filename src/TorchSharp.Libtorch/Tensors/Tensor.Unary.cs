using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op Op_abs = new("abs");
        private static readonly Op Op_neg = new("neg");
        private static readonly Op Op_exp = new("exp");
        private static readonly Op Op_log = new("log");
        private static readonly Op Op_log1p = new("log1p");
        private static readonly Op Op_log10 = new("log10");
        private static readonly Op Op_log2 = new("log2");
        private static readonly Op Op_sqrt = new("sqrt");
        private static readonly Op Op_rsqrt = new("rsqrt");
        private static readonly Op Op_square = new("square");
        private static readonly Op Op_sigmoid = new("sigmoid");
        private static readonly Op Op_tanh = new("tanh");
        private static readonly Op Op_relu = new("relu");
        private static readonly Op Op_sin = new("sin");
        private static readonly Op Op_cos = new("cos");
        private static readonly Op Op_acos = new("acos");
        private static readonly Op Op_erf = new("erf");
        private static readonly Op Op_floor = new("floor");
        private static readonly Op Op_ceil = new("ceil");
        private static readonly Op Op_round = new("round");
        private static readonly Op Op_sign = new("sign");
        private static readonly Op Op_reciprocal = new("reciprocal");
        private static readonly Op Op_isnan = new("isnan");
        private static readonly Op Op_isfinite = new("isfinite");
        private static readonly Op Op_logical_not = new("logical_not");
        private static readonly Op Op_conj = new("conj");
        private static readonly Op Op_angle = new("angle");
        private static readonly Op Op_abs_ = new("abs_");
        private static readonly Op Op_neg_ = new("neg_");
        private static readonly Op Op_exp_ = new("exp_");
        private static readonly Op Op_log_ = new("log_");
        private static readonly Op Op_sqrt_ = new("sqrt_");
        private static readonly Op Op_rsqrt_ = new("rsqrt_");
        private static readonly Op Op_sigmoid_ = new("sigmoid_");
        private static readonly Op Op_tanh_ = new("tanh_");
        private static readonly Op Op_relu_ = new("relu_");
        private static readonly Op Op_zero_ = new("zero_");
        private static readonly Op Op_square_ = new("square_");

        public Tensor abs() => Op_abs.Call(this);

        public Tensor neg() => Op_neg.Call(this);

        public Tensor exp() => Op_exp.Call(this);

        public Tensor log() => Op_log.Call(this);

        public Tensor log1p() => Op_log1p.Call(this);

        public Tensor log10() => Op_log10.Call(this);

        public Tensor log2() => Op_log2.Call(this);

        public Tensor sqrt() => Op_sqrt.Call(this);

        public Tensor rsqrt() => Op_rsqrt.Call(this);

        public Tensor square() => Op_square.Call(this);

        public Tensor sigmoid() => Op_sigmoid.Call(this);

        public Tensor tanh() => Op_tanh.Call(this);

        public Tensor relu() => Op_relu.Call(this);

        public Tensor sin() => Op_sin.Call(this);

        public Tensor cos() => Op_cos.Call(this);

        public Tensor acos() => Op_acos.Call(this);

        public Tensor erf() => Op_erf.Call(this);

        public Tensor floor() => Op_floor.Call(this);

        public Tensor ceil() => Op_ceil.Call(this);

        public Tensor round() => Op_round.Call(this);

        public Tensor sign() => Op_sign.Call(this);

        public Tensor reciprocal() => Op_reciprocal.Call(this);

        public Tensor isnan() => Op_isnan.Call(this);

        public Tensor isfinite() => Op_isfinite.Call(this);

        public Tensor logical_not() => Op_logical_not.Call(this);

        public Tensor conj() => Op_conj.Call(this);

        public Tensor angle() => Op_angle.Call(this);

        public Tensor abs_() => Op_abs_.CallInPlace(this, this);

        public Tensor neg_() => Op_neg_.CallInPlace(this, this);

        public Tensor exp_() => Op_exp_.CallInPlace(this, this);

        public Tensor log_() => Op_log_.CallInPlace(this, this);

        public Tensor sqrt_() => Op_sqrt_.CallInPlace(this, this);

        public Tensor rsqrt_() => Op_rsqrt_.CallInPlace(this, this);

        public Tensor sigmoid_() => Op_sigmoid_.CallInPlace(this, this);

        public Tensor tanh_() => Op_tanh_.CallInPlace(this, this);

        public Tensor relu_() => Op_relu_.CallInPlace(this, this);

        public Tensor zero_() => Op_zero_.CallInPlace(this, this);

        public Tensor square_() => Op_square_.CallInPlace(this, this);
    }
}
