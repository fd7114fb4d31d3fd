using System.Runtime.InteropServices;
using System.Text;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class NpyWriterTests
{
    [Fact]
    public void HeaderAndValuesAreNumPys()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new NpyWriter(folder["e.npy"], 2, 3))
        {
            writer.Write([1, 2, 3]);
            Assert.False(File.Exists(folder["e.npy"]));
            writer.Write([4, 5, 6]);
        }
        byte[] file = File.ReadAllBytes(folder["e.npy"]);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], file[..8]);
        int header = BitConverter.ToUInt16(file, 8);
        Assert.Equal(0, (10 + header) % 64);
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", Encoding.ASCII.GetString(file, 10, header));
        Assert.Equal((byte)'\n', file[10 + header - 1]);
        Assert.Equal([1, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(file.AsSpan(10 + header)).ToArray());
    }

    [Fact]
    public void UnfinishedFileDisappears()
    {
        using var folder = new TemporaryFolder();
        new NpyWriter(folder["e.npy"], 2, 3).Dispose();
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
