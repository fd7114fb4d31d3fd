using Diarizer.Networks.Checkpoints.Pickling;

namespace Diarizer.Networks.Checkpoints;

/// <summary>
/// Reads PyTorch checkpoints (<c>.pt</c>, <c>.pth</c>, <c>.model</c>, <c>.ckpt</c>), those of PyTorch 1.6 and later and those before. A checkpoint is a pickle and as such
/// a program; here it is read as data: tensors, dictionaries, lists, tuples, numbers and text, and nothing else. An untrusted file can at worst be refused.
/// </summary>
public static class CheckpointFile
{
    private const byte Protocol = (byte)PickleOpcode.Protocol;

    /// <summary>Reads a file.</summary>
    /// <returns>Every dictionary in it that holds tensors, outer ones first.</returns>
    /// <exception cref="UserErrorException">The file is missing, defective, or holds anything but data; the message names it and its first defect.</exception>
    public static IReadOnlyList<StateDictionary> Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UserErrorException($"The checkpoint {path} cannot be read ({e.Message.TrimEnd('.')}); check the path and its permissions.", e);
        }
        return Parse(file, path);
    }

    /// <summary>Reads a file's content.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <returns>Every dictionary in it that holds tensors, outer ones first.</returns>
    /// <exception cref="UserErrorException">The content is defective, or holds anything but data.</exception>
    public static IReadOnlyList<StateDictionary> Parse(byte[] file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return StateDictionaries.Find(file switch
            {
                [(byte)'P', (byte)'K', ..] => ReadArchive(file),
                [Protocol, ..] => new SequentialStorages().Read(file),
                _ => throw new CheckpointDefectException("it is neither a zip archive nor a pickle; it is damaged or no checkpoint of PyTorch"),
            });
        }
        catch (CheckpointDefectException e)
        {
            throw new UserErrorException($"The checkpoint {name} is unusable: {e.Message}.", e);
        }
    }

    private static object? ReadArchive(byte[] file)
    {
        var archive = new ArchiveStorages(file);
        var table = new StorageTable(archive);
        object? value = new PickleMachine(new PickleReader(archive.ReadPickle()), table).Run();
        foreach (var storage in table.All)
            archive.Require(storage);
        return value;
    }
}
