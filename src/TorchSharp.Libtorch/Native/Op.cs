using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>One ATen operator, found once by its schema name and then called boxed.</summary>
internal sealed unsafe class Op
{
    private const int MostResults = 8;
    private readonly Lazy<nint> _handle;

    /// <param name="name">Name without namespace, e.g. <c>conv2d</c>.</param>
    /// <param name="overload">Overload name of the schema, empty for the default one.</param>
    public Op(string name, string overload = "")
    {
        _handle = new(() =>
        {
            Bridge.Check(Bridge.tl_find("aten::" + name, overload, out var handle));
            return handle;
        });
    }

    /// <summary>Calls the operator; missing trailing arguments take the schema's defaults.</summary>
    /// <returns>The first result.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch refused: operator, shapes and its message.</exception>
    public Tensor Call(params ReadOnlySpan<Arg> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(arguments, results);
        return new Tensor(results[0].Pointer);
    }

    /// <summary>As <see cref="Call"/>, for operators that give two tensors.</summary>
    public (Tensor, Tensor) CallPair(params ReadOnlySpan<Arg> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(arguments, results);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    /// <summary>As <see cref="Call"/>, for operators that give three tensors.</summary>
    public (Tensor, Tensor, Tensor) CallTriple(params ReadOnlySpan<Arg> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(arguments, results);
        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer), new Tensor(results[2].Pointer));
    }

    /// <summary>As <see cref="Call"/>, for operators that give a list of tensors.</summary>
    public Tensor[] CallList(params ReadOnlySpan<Arg> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(arguments, results);
        var items = new ReadOnlySpan<nint>((void*)results[0].Pointer, results[0].Length);
        var tensors = new Tensor[items.Length];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = new Tensor(items[i]);
        Bridge.tl_free_list(results[0].Pointer);
        return tensors;
    }

    /// <summary>As <see cref="Call"/>, for operators that change their first argument and return it.</summary>
    public Tensor CallInPlace(Tensor self, params ReadOnlySpan<Arg> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(arguments, results);
        Bridge.tl_free(results[0].Pointer);
        return self;
    }

    /// <summary>As <see cref="Call"/>, for operators that give a number or a truth value.</summary>
    public Value CallValue(params ReadOnlySpan<Arg> arguments)
    {
        Span<Value> results = stackalloc Value[MostResults];
        Invoke(arguments, results);
        return results[0];
    }

    private void Invoke(ReadOnlySpan<Arg> arguments, Span<Value> results)
    {
        Span<Value> values = stackalloc Value[arguments.Length];
        var words = 0;
        foreach (ref readonly var argument in arguments)
        {
            if (argument.Reference is byte[] text) words += (text.Length + 7) / 8;
            else words += argument.Length > 0 && argument.Reference is not null ? argument.Length : 0;
        }

        Span<long> lists = words <= 256 ? stackalloc long[words] : new long[words];
        fixed (long* listMemory = lists)
        fixed (Value* valueMemory = values)
        fixed (Value* resultMemory = results)
        {
            var next = listMemory;
            for (var i = 0; i < arguments.Length; i++) next = Write(arguments[i], ref values[i], next);
            var status = Bridge.tl_call(_handle.Value, valueMemory, values.Length, resultMemory, results.Length, out _);
            foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
            Bridge.Check(status);
        }
    }

    private static long* Write(in Arg argument, ref Value value, long* next)
    {
        value.Tag = argument.Tag;
        value.Length = argument.Length;
        value.Integer = argument.Bits;
        switch (argument.Reference)
        {
            case Tensor tensor:
                value.Pointer = tensor.Handle;
                break;
            case long[] list:
                value.Pointer = (nint)next;
                list.CopyTo(new Span<long>(next, list.Length));
                next += list.Length;
                break;
            case Tensor?[] tensors:
                value.Pointer = (nint)next;
                foreach (var tensor in tensors) *next++ = tensor?.Handle ?? 0;
                break;
            case byte[] text:
                value.Pointer = (nint)next;
                value.Length = text.Length;
                text.CopyTo(new Span<byte>(next, text.Length));
                next += (text.Length + 7) / 8;
                break;
        }

        return next;
    }
}
