using TorchSharp.Native;

namespace TorchSharp;

public enum FFTNormType
{
    Backward = 0,
    Forward = 1,
    Ortho = 2,
}

public static partial class torch
{
    private static readonly Op OpCat = new("cat"), OpStack = new("stack"), OpRfft = new("fft_rfft"), OpIrfft = new("fft_irfft"), OpWhereTensor = new("where", "self"),
        OpEinsum = new("einsum");

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => OpCat.Call(tensors.ToArray(), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => OpStack.Call(tensors.ToArray(), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => OpWhereTensor.Call(condition, x, y);

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor relu(Tensor input) => input.relu();

    public static Tensor sum(Tensor input) => input.sum();

    public static Tensor mean(Tensor input) => input.mean();

    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null) => input.zeros_like(dtype);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null) => input.ones_like(dtype);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor einsum(string equation, params Tensor[] tensors) => OpEinsum.Call(equation, tensors);

    public static class linalg
    {
        private static readonly Native.Op OpCholesky = new("linalg_cholesky"), OpInv = new("linalg_inv"), OpEigh = new("linalg_eigh");

        public static Tensor cholesky(Tensor input) => OpCholesky.Call(input);

        public static Tensor inv(Tensor input) => OpInv.Call(input);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => OpEigh.CallPair(input, UPLO.ToString());
    }

    public static class fft
    {
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            OpRfft.Call(input, n < 0 ? Arg.Null : n, dim, Name(norm));

        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            OpIrfft.Call(input, n < 0 ? Arg.Null : n, dim, Name(norm));

        private static string Name(FFTNormType norm) => norm switch
        {
            FFTNormType.Forward => "forward",
            FFTNormType.Ortho => "ortho",
            _ => "backward",
        };
    }
}
