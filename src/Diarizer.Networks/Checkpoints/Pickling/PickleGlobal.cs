namespace Diarizer.Networks.Checkpoints.Pickling;

/// <summary>A name that a pickle may use, and what it stands for.</summary>
/// <param name="Name">Module and name, such as <c>torch._utils._rebuild_tensor_v2</c>.</param>
/// <param name="Call">Makes a value of the arguments; null for what cannot be called.</param>
/// <param name="Storage">The element type when the name is that of a storage class.</param>
internal sealed record PickleGlobal(string Name, Func<object?[], object?>? Call = null, ElementType? Storage = null);
