using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A handle on a libtorch tensor. Owned by the dispose scope that was current on its thread when it was made, if any; otherwise by whoever
    /// holds it, with a finalizer as the last resort.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private nint _handle;

        internal Tensor(nint handle, bool inScope = true)
        {
            _handle = handle;
            if (!inScope || DisposeScope.Current is not { } scope) return;
            Scope = scope;
            scope.Add(this);
        }

        ~Tensor() => Release();

        internal DisposeScope? Scope { get; set; }

        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(_handle == 0, this);
                return _handle;
            }
        }

        public bool IsInvalid => _handle == 0;

        public long[] shape
        {
            get
            {
                var sizes = new long[Bridge.tl_dim(Handle)];
                for (var i = 0; i < sizes.Length; i++) sizes[i] = Bridge.tl_size(Handle, i);
                return sizes;
            }
        }

        public long Dimensions => Bridge.tl_dim(Handle);

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements => Bridge.tl_numel(Handle);

        public long ElementSize => Bridge.tl_element_size(Handle);

        public ScalarType dtype => (ScalarType)Bridge.tl_dtype(Handle);

        public Device device => new((DeviceType)Bridge.tl_device_type(Handle), Bridge.tl_device_index(Handle));

        public DeviceType device_type => (DeviceType)Bridge.tl_device_type(Handle);

        public bool is_leaf => Bridge.tl_is_leaf(Handle) != 0;

        public bool requires_grad
        {
            get => Bridge.tl_requires_grad(Handle) != 0;
            set => Bridge.Check(Bridge.tl_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>The accumulated gradient; null before the first backward pass.</summary>
        public Tensor? grad
        {
            get
            {
                Bridge.Check(Bridge.tl_grad(Handle, out var gradient));
                return gradient == 0 ? null : new Tensor(gradient);
            }
            set => Bridge.Check(Bridge.tl_set_grad(Handle, value?.Handle ?? 0));
        }

        public long numel() => NumberOfElements;

        public long size(int dim) => Bridge.tl_size(Handle, dim);

        public bool is_contiguous() => Bridge.tl_is_contiguous(Handle) != 0;

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void backward() => Bridge.Check(Bridge.tl_backward(Handle, 0, 0));

        public void backward(IList<Tensor>? grad_tensors, bool retain_graph = false) =>
            Bridge.Check(Bridge.tl_backward(Handle, grad_tensors is { Count: > 0 } ? grad_tensors[0].Handle : 0, retain_graph ? 1 : 0));

        public void set_(Tensor source) => Bridge.Check(Bridge.tl_set_data(Handle, source.Handle));

        /// <summary>The elements' memory, of a contiguous tensor on the CPU; valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">Not on the CPU or not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from a tensor that is not on the CPU: call cpu() first.");
                if (!is_contiguous()) throw new InvalidOperationException("Reading data from a tensor that is not contiguous: call contiguous() first.");
                Bridge.Check(Bridge.tl_data(Handle, out var data));
                return new Span<byte>((void*)data, checked((int)(NumberOfElements * ElementSize)));
            }
            set => value.CopyTo(bytes);
        }

        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the tensor's element type.</exception>
        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            if (dtype != ScalarTypeOf<T>()) throw new ArgumentException($"The tensor holds {dtype}, not {typeof(T).Name}.");
            return new Utils.TensorAccessor<T>(this);
        }

        public T item<T>()
            where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException($"item() needs a tensor of one element, not of {NumberOfElements}.");
            using var scope = NewDisposeScope();
            return MemoryMarshal.Cast<byte, T>(to(ScalarTypeOf<T>()).cpu().contiguous().bytes)[0];
        }

        public float ToSingle() => item<float>();

        public double ToDouble() => item<double>();

        public long ToInt64() => item<long>();

        public int ToInt32() => (int)item<long>();

        public bool ToBoolean() => item<bool>();

        public Tensor MoveToOuterDisposeScope() => Scope is { } scope ? scope.MoveToOuter(this) : this;

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Remove(this);
            return this;
        }

        public void Dispose()
        {
            Scope?.Remove(this);
            Release();
            GC.SuppressFinalize(this);
        }

        public override string ToString() => IsInvalid ? "[disposed]" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        /// <summary>Gives the native tensor away; this handle is empty afterwards.</summary>
        internal nint MoveHandle()
        {
            var handle = Handle;
            _handle = 0;
            Scope?.Remove(this);
            return handle;
        }

        private void Release()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0) Bridge.tl_free(handle);
        }
    }
}
