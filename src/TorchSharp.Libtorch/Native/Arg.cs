using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>An argument of an operator call, made implicitly from what the caller has.</summary>
internal readonly struct Arg
{
    public readonly Tag Tag;
    public readonly int Length;
    public readonly long Bits;
    public readonly object? Reference;

    private Arg(Tag tag, long bits = 0, object? reference = null, int length = 0)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
        Length = length;
    }

    public static Arg Null => default;

    public static implicit operator Arg(Tensor? value) => value is null ? Null : new(Tag.Tensor, reference: value);

    public static implicit operator Arg(long value) => new(Tag.Int, value);

    public static implicit operator Arg(int value) => new(Tag.Int, value);

    public static implicit operator Arg(double value) => new(Tag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(bool value) => new(Tag.Bool, value ? 1 : 0);

    public static implicit operator Arg(long[]? value) => value is null ? Null : new(Tag.IntList, reference: value, length: value.Length);

    public static implicit operator Arg(Tensor?[] value) => new(Tag.TensorList, reference: value, length: value.Length);

    public static implicit operator Arg(string? value) => value is null ? Null : new(Tag.String, reference: System.Text.Encoding.UTF8.GetBytes(value));

    public static implicit operator Arg(ScalarType value) => new(Tag.Int, (long)value);

    public static implicit operator Arg(ScalarType? value) => value is { } type ? type : Null;

    public static implicit operator Arg(Device? value) => value is null ? Null : new(Tag.Device, (long)value.type, length: value.index);

    public static implicit operator Arg(Scalar? value) => value switch
    {
        null => Null,
        { IsFloating: true } => value.AsDouble,
        _ => value.AsLong,
    };
}
