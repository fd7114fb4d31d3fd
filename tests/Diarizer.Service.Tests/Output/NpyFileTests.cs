using System.Text;
using Diarizer.Service.Output;

namespace Diarizer.Service.Tests.Output;

public class NpyFileTests
{
    [Fact]
    public void The_file_is_what_numpy_writes()
    {
        var path = Path.GetTempFileName();
        try
        {
            NpyFile.Write(path, [0.25f, 1f, -2f]);
            var bytes = File.ReadAllBytes(path);
            Assert.Equal(128 + 12, bytes.Length);
            Assert.Equal(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0 }, bytes[..10]);
            Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", Encoding.ASCII.GetString(bytes, 10, 118), StringComparison.Ordinal);
            Assert.Equal((byte)'\n', bytes[127]);
            Assert.Equal([0.25f, 1f, -2f], Enumerable.Range(0, 3).Select(i => BitConverter.ToSingle(bytes, 128 + 4 * i)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_the_users_matter() =>
        Assert.Throws<UserErrorException>(() => NpyFile.Write("/nonexistent/a.npy", [1f]));
}
