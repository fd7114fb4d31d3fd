namespace Diarizer.Networks.Checkpoints;

/// <summary>A flat array of elements of which tensors are views.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Count">Number of its elements.</param>
/// <param name="Source">Where its bytes are.</param>
internal sealed record CheckpointStorage(string Key, ElementType Type, long Count, IStorageSource Source)
{
    /// <summary>Bytes of all elements.</summary>
    public long Size => Count * Type.Size();

    /// <summary>Reads all elements, little endian.</summary>
    public ReadOnlyMemory<byte> Read() => Source.Read(this);
}

/// <summary>Where the bytes of storages are.</summary>
internal interface IStorageSource
{
    /// <summary>Reads the <see cref="CheckpointStorage.Size"/> bytes of a storage, which were checked to be there.</summary>
    ReadOnlyMemory<byte> Read(CheckpointStorage storage);
}
