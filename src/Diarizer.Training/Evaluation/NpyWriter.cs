using System.Runtime.InteropServices;
using System.Text;

namespace Diarizer.Training.Evaluation;

/// <summary>Writes a float32 matrix row by row in NumPy's format (version 1.0); the file appears whole or not at all.</summary>
internal sealed class NpyWriter : IDisposable
{
    private readonly string _path, _part;
    private readonly FileStream _stream;
    private long _left;

    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public NpyWriter(string path, long rows, int columns)
    {
        (_path, _part, _left) = (path, path + ".part", rows * columns);
        try
        {
            _stream = new FileStream(_part, FileMode.Create, FileAccess.Write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({error.Message}); give another file with --out.", error);
        }
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        int padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        _stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)padded, (byte)(padded >> 8)]);
        _stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
    }

    /// <summary>Appends values in row-major order.</summary>
    public void Write(ReadOnlySpan<float> values)
    {
        _stream.Write(MemoryMarshal.AsBytes(values));
        _left -= values.Length;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (_left == 0)
            File.Move(_part, _path, overwrite: true);
        else
            File.Delete(_part);
    }
}
