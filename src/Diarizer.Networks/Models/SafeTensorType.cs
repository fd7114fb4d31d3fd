namespace Diarizer.Networks.Models;

/// <summary>Element types of the safetensors format that models use.</summary>
public enum SafeTensorType
{
    /// <summary>32-bit float.</summary>
    F32,

    /// <summary>16-bit float.</summary>
    F16,

    /// <summary>The upper half of a 32-bit float.</summary>
    BF16,

    /// <summary>64-bit integer.</summary>
    I64,
}

/// <summary>Sizes of the element types.</summary>
public static class SafeTensorTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafeTensorType type) => type switch
    {
        SafeTensorType.F32 => 4,
        SafeTensorType.I64 => 8,
        _ => 2,
    };
}
