using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static class jit
    {
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The file is no TorchScript module.</exception>
        public static ScriptModule load(string filename)
        {
            Bridge.Check(Bridge.tl_script_load(filename, out var module));
            return new ScriptModule(module);
        }

        /// <summary>A loaded TorchScript module that takes tensors and gives one tensor.</summary>
        public sealed class ScriptModule : IDisposable
        {
            private nint _module;

            internal ScriptModule(nint module) => _module = module;

            ~ScriptModule() => Release();

            public unsafe Tensor forward(params Tensor[] tensor)
            {
                ObjectDisposedException.ThrowIf(_module == 0, this);
                Span<nint> handles = stackalloc nint[tensor.Length];
                for (var i = 0; i < handles.Length; i++) handles[i] = tensor[i].Handle;
                fixed (nint* inputs = handles)
                {
                    Bridge.Check(Bridge.tl_script_forward(_module, inputs, handles.Length, out var result));
                    GC.KeepAlive(tensor);
                    return new Tensor(result);
                }
            }

            public void Dispose()
            {
                Release();
                GC.SuppressFinalize(this);
            }

            private void Release()
            {
                var module = Interlocked.Exchange(ref _module, 0);
                if (module != 0) Bridge.tl_script_free(module);
            }
        }
    }
}
