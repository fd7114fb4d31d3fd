namespace TorchSharp;

/// <summary>A number that operators take as a <c>Scalar</c>.</summary>
public sealed class Scalar
{
    private readonly long _bits;

    private Scalar(long bits, bool floating)
    {
        _bits = bits;
        IsFloating = floating;
    }

    internal bool IsFloating { get; }

    internal long AsLong => _bits;

    internal double AsDouble => IsFloating ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    public static implicit operator Scalar(int value) => new(value, false);

    public static implicit operator Scalar(long value) => new(value, false);

    public static implicit operator Scalar(float value) => new(BitConverter.DoubleToInt64Bits(value), true);

    public static implicit operator Scalar(double value) => new(BitConverter.DoubleToInt64Bits(value), true);
}
