using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Op Op_addTensor = new("add", "Tensor"), Op_addScalar = new("add", "Scalar");
        private static readonly Op Op_subTensor = new("sub", "Tensor"), Op_subScalar = new("sub", "Scalar");
        private static readonly Op Op_mulTensor = new("mul", "Tensor"), Op_mulScalar = new("mul", "Scalar");
        private static readonly Op Op_divTensor = new("div", "Tensor"), Op_divScalar = new("div", "Scalar");
        private static readonly Op Op_powTensor = new("pow", "Tensor_Tensor"), Op_powScalar = new("pow", "Tensor_Scalar");
        private static readonly Op Op_eqTensor = new("eq", "Tensor"), Op_eqScalar = new("eq", "Scalar");
        private static readonly Op Op_neTensor = new("ne", "Tensor"), Op_neScalar = new("ne", "Scalar");
        private static readonly Op Op_gtTensor = new("gt", "Tensor"), Op_gtScalar = new("gt", "Scalar");
        private static readonly Op Op_ltTensor = new("lt", "Tensor"), Op_ltScalar = new("lt", "Scalar");
        private static readonly Op Op_geTensor = new("ge", "Tensor"), Op_geScalar = new("ge", "Scalar");
        private static readonly Op Op_leTensor = new("le", "Tensor"), Op_leScalar = new("le", "Scalar");
        private static readonly Op Op_fmodTensor = new("fmod", "Tensor"), Op_fmodScalar = new("fmod", "Scalar");
        private static readonly Op Op_remainderTensor = new("remainder", "Tensor"), Op_remainderScalar = new("remainder", "Scalar");
        private static readonly Op Op_add_Tensor = new("add_", "Tensor"), Op_add_Scalar = new("add_", "Scalar");
        private static readonly Op Op_sub_Tensor = new("sub_", "Tensor"), Op_sub_Scalar = new("sub_", "Scalar");
        private static readonly Op Op_mul_Tensor = new("mul_", "Tensor"), Op_mul_Scalar = new("mul_", "Scalar");
        private static readonly Op Op_div_Tensor = new("div_", "Tensor"), Op_div_Scalar = new("div_", "Scalar");

        public Tensor add(Tensor target) => Op_addTensor.Call(this, target);

        public Tensor add(Scalar scalar) => Op_addScalar.Call(this, scalar);

        public Tensor sub(Tensor target) => Op_subTensor.Call(this, target);

        public Tensor sub(Scalar target) => Op_subScalar.Call(this, target);

        public Tensor mul(Tensor target) => Op_mulTensor.Call(this, target);

        public Tensor mul(Scalar target) => Op_mulScalar.Call(this, target);

        public Tensor div(Tensor target) => Op_divTensor.Call(this, target);

        public Tensor div(Scalar target) => Op_divScalar.Call(this, target);

        public Tensor pow(Tensor target) => Op_powTensor.Call(this, target);

        public Tensor pow(Scalar exponent) => Op_powScalar.Call(this, exponent);

        public Tensor eq(Tensor target) => Op_eqTensor.Call(this, target);

        public Tensor eq(Scalar target) => Op_eqScalar.Call(this, target);

        public Tensor ne(Tensor target) => Op_neTensor.Call(this, target);

        public Tensor ne(Scalar target) => Op_neScalar.Call(this, target);

        public Tensor gt(Tensor target) => Op_gtTensor.Call(this, target);

        public Tensor gt(Scalar target) => Op_gtScalar.Call(this, target);

        public Tensor lt(Tensor target) => Op_ltTensor.Call(this, target);

        public Tensor lt(Scalar target) => Op_ltScalar.Call(this, target);

        public Tensor ge(Tensor target) => Op_geTensor.Call(this, target);

        public Tensor ge(Scalar target) => Op_geScalar.Call(this, target);

        public Tensor le(Tensor target) => Op_leTensor.Call(this, target);

        public Tensor le(Scalar target) => Op_leScalar.Call(this, target);

        public Tensor fmod(Tensor target) => Op_fmodTensor.Call(this, target);

        public Tensor fmod(Scalar target) => Op_fmodScalar.Call(this, target);

        public Tensor remainder(Tensor target) => Op_remainderTensor.Call(this, target);

        public Tensor remainder(Scalar target) => Op_remainderScalar.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Op_addTensor.Call(this, target, alpha);

        public Tensor add(Scalar scalar, Scalar alpha) => Op_addScalar.Call(this, scalar, alpha);

        public Tensor add_(Tensor target) => Op_add_Tensor.CallInPlace(this, this, target);

        public Tensor add_(Scalar scalar) => Op_add_Scalar.CallInPlace(this, this, scalar);

        public Tensor sub_(Tensor target) => Op_sub_Tensor.CallInPlace(this, this, target);

        public Tensor sub_(Scalar target) => Op_sub_Scalar.CallInPlace(this, this, target);

        public Tensor mul_(Tensor target) => Op_mul_Tensor.CallInPlace(this, this, target);

        public Tensor mul_(Scalar target) => Op_mul_Scalar.CallInPlace(this, this, target);

        public Tensor div_(Tensor target) => Op_div_Tensor.CallInPlace(this, this, target);

        public Tensor div_(Scalar target) => Op_div_Scalar.CallInPlace(this, this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Op_add_Tensor.CallInPlace(this, this, target, alpha);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator -(Scalar left, Tensor right)
        {
            using var negative = right.neg();
            return negative.add(left);
        }

        public static Tensor operator /(Scalar left, Tensor right)
        {
            using var inverse = right.reciprocal();
            return inverse.mul(left);
        }

        public static Tensor operator -(Tensor tensor) => tensor.neg();
    }
}
