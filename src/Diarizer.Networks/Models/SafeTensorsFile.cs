namespace Diarizer.Networks.Models;

/// <summary>
/// Reads and writes the safetensors format: 8 bytes of header length (little endian), a JSON header that names each tensor with its type,
/// shape and byte range, and the raw values. Nothing in it is code, so an untrusted file can at worst be refused.
/// </summary>
public static class SafeTensorsFile
{
    /// <summary>The longest header that is read, in bytes.</summary>
    public const long LongestHeader = 100_000_000;

    /// <summary>Reads all tensors.</summary>
    /// <exception cref="UserErrorException">The file is missing or defective; the message names it and its first defect.</exception>
    public static IReadOnlyDictionary<string, SafeTensor> Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UserErrorException($"The weights file {path} cannot be read ({e.Message}); check the path and its permissions.", e);
        }
        return Parse(file, path);
    }

    /// <summary>Reads all tensors of a file's content.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <exception cref="UserErrorException">The content is defective.</exception>
    public static IReadOnlyDictionary<string, SafeTensor> Parse(ReadOnlyMemory<byte> file, string name) => SafeTensorsHeader.Parse(file, name);

    /// <summary>Writes tensors, sorted by name; the file appears whole or not at all.</summary>
    /// <param name="path">The file to write; replaced when it exists.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <returns>The bytes written.</returns>
    public static byte[] Write(string path, IReadOnlyDictionary<string, SafeTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        byte[] file = SafeTensorsHeader.Format(tensors);
        string draft = path + ".part";
        File.WriteAllBytes(draft, file);
        File.Move(draft, path, overwrite: true);
        return file;
    }
}
