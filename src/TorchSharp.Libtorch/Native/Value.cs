using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The kinds of value that cross to the bridge; the order is that of <c>Tag</c> in <c>bridge.cpp</c>.</summary>
internal enum Tag
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    DoubleList,
    TensorList,
    String,
    Device,
}

/// <summary>A tagged value as the bridge reads and writes it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Value
{
    [FieldOffset(0)] public Tag Tag;
    [FieldOffset(4)] public int Length;
    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Real;
    [FieldOffset(8)] public nint Pointer;
}
