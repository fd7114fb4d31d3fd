using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static class autograd
    {
        /// <summary>Gradients of outputs with respect to inputs; unlike <see cref="Tensor.backward()"/> it accumulates nothing in any tensor.</summary>
        /// <returns>A gradient for each input; with <paramref name="allow_unused"/>, an invalid tensor for one that the outputs do not depend on.</returns>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">An input was not used, an output is no scalar and has no <paramref name="grad_outputs"/>, or the graph is gone.</exception>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            nint[] outs = Handles(outputs), ins = Handles(inputs), gradients = Handles(grad_outputs ?? []), results = new nint[inputs.Count];
            fixed (nint* outMemory = outs, inMemory = ins, gradientMemory = gradients, resultMemory = results)
            {
                Bridge.Check(Bridge.tl_autograd_grad(outMemory, outs.Length, inMemory, ins.Length, gradientMemory, gradients.Length,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, resultMemory));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return [.. results.Select(handle => new Tensor(handle))];
        }

        private static nint[] Handles(IList<Tensor> tensors) => [.. tensors.Select(tensor => tensor?.Handle ?? 0)];
    }
}
