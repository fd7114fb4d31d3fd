using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Diarizer.Training.Evaluation;

/// <summary>Reads a float32 array of NumPy's format, version 1.0 and row-major, as <c>numpy.save</c> writes it.</summary>
internal static partial class NpyReader
{
    private const int HeaderStart = 10;

    /// <exception cref="UserErrorException">The file is missing or of another format.</exception>
    public static (int[] Shape, float[] Values) Read(string path)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read ({error.Message.TrimEnd('.')}); check the path.", error);
        }
        if (file is not [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, var low, var high, ..] || HeaderStart + (low | high << 8) > file.Length)
            throw Unfit(path);
        int start = HeaderStart + (low | high << 8);
        var header = Header().Match(Encoding.ASCII.GetString(file, HeaderStart, start - HeaderStart));
        if (!header.Success)
            throw Unfit(path);
        var shape = new List<int>();
        long count = 1;
        foreach (string size in header.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(size, out int length) || count * length > file.Length)
                throw Unfit(path);
            shape.Add(length);
            count *= length;
        }
        return count * sizeof(float) == file.Length - start
            ? ([.. shape], MemoryMarshal.Cast<byte, float>(file.AsSpan(start)).ToArray())
            : throw Unfit(path);
    }

    [GeneratedRegex(@"^\{'descr': '<f4', 'fortran_order': False, 'shape': \((?<shape>[0-9, ]*)\), \}\s*$")]
    private static partial Regex Header();

    private static UserErrorException Unfit(string path) =>
        new($"{path} is no float32 array of NumPy's format 1.0; write it with numpy.save(FILE, array.astype('float32')).");
}
