namespace Diarizer.Networks.Checkpoints.Pickling;

/// <summary>The closed list of names that a checkpoint may use.</summary>
internal static class TorchGlobals
{
    private static readonly Dictionary<string, PickleGlobal> Known = new PickleGlobal[]
    {
        // Without arguments, as Python 3 writes it: a list of pairs could be given again and again, and each time cost its length.
        new("collections.OrderedDict", static arguments => arguments is [] ? new PickleDictionary() : throw Unexpected("collections.OrderedDict")),
        new("torch.Size", static arguments => arguments is [object?[] sizes] ? sizes : throw Unexpected("torch.Size")),
        new("torch._utils._rebuild_tensor", Tensor),
        new("torch._utils._rebuild_tensor_v2", Tensor),
        new("torch._utils._rebuild_parameter", static arguments => arguments is [CheckpointTensor tensor, ..] ? tensor : throw Unexpected("torch._utils._rebuild_parameter")),
        new("torch.FloatStorage", Storage: ElementType.F32),
        new("torch.DoubleStorage", Storage: ElementType.F64),
        new("torch.HalfStorage", Storage: ElementType.F16),
        new("torch.BFloat16Storage", Storage: ElementType.BF16),
        new("torch.LongStorage", Storage: ElementType.I64),
        new("torch.IntStorage", Storage: ElementType.I32),
        new("torch.ShortStorage", Storage: ElementType.I16),
        new("torch.CharStorage", Storage: ElementType.I8),
        new("torch.ByteStorage", Storage: ElementType.U8),
        new("torch.BoolStorage", Storage: ElementType.Bool),
    }.ToDictionary(global => global.Name, StringComparer.Ordinal);

    /// <exception cref="CheckpointDefectException">The name is not in the list.</exception>
    public static PickleGlobal Find(string module, string name) => Known.TryGetValue($"{module}.{name}", out var global)
        ? global
        : throw new CheckpointDefectException(
            $"it holds {Printable(module)}.{Printable(name)}, which is neither a tensor nor plain data and might run code; save it anew in Python with torch.save(model.state_dict(), FILE)");

    private static CheckpointTensor Tensor(object?[] arguments) => arguments is [CheckpointStorage storage, long offset, object?[] shape, object?[] strides, ..]
        ? CheckpointTensor.View(storage, offset, Numbers(shape), Numbers(strides))
        : throw Unexpected("torch._utils._rebuild_tensor_v2");

    private static long[] Numbers(object?[] values) => values.Length > CheckpointTensor.MostDimensions
        ? throw new CheckpointDefectException($"it has a tensor of {values.Length} dimensions, above the {CheckpointTensor.MostDimensions} that are read")
        : [.. values.Select(value => value is long number ? number : throw Unexpected("torch._utils._rebuild_tensor_v2"))];

    private static CheckpointDefectException Unexpected(string name) => new($"its call of {name} has arguments of another kind; it is damaged or of a later version");

    private static string Printable(string text) => string.Concat(text.Take(80).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
