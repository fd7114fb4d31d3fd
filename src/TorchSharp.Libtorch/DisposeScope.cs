using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Disposes, at its end, every tensor that its thread made in it and that was not moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic] private static DisposeScope? s_current;

    private readonly HashSet<Tensor> _tensors = new(ReferenceEqualityComparer.Instance);
    private readonly DisposeScope? _outer;
    private bool _disposed;

    internal DisposeScope()
    {
        _outer = s_current;
        s_current = this;
    }

    internal static DisposeScope? Current => s_current;

    public int DisposablesCount => _tensors.Count;

    /// <summary>Keeps a tensor beyond this scope: the outer scope owns it, or nobody when there is none.</summary>
    public Tensor MoveToOuter(Tensor disposable)
    {
        Remove(disposable);
        disposable.Scope = _outer;
        _outer?._tensors.Add(disposable);
        return disposable;
    }

    /// <summary>Takes a tensor out of all scopes.</summary>
    public Tensor Detach(Tensor disposable)
    {
        Remove(disposable);
        return disposable;
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (ReferenceEquals(s_current, this)) s_current = _outer;
        foreach (var tensor in _tensors)
        {
            tensor.Scope = null;
            tensor.Dispose();
        }

        _tensors.Clear();
    }

    internal void Add(Tensor tensor) => _tensors.Add(tensor);

    internal void Remove(Tensor tensor)
    {
        _tensors.Remove(tensor);
        if (ReferenceEquals(tensor.Scope, this)) tensor.Scope = null;
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => new();
}
