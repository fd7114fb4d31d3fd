using System.Text;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class NpyReaderTests
{
    [Fact]
    public void WhatWasWrittenIsRead()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new NpyWriter(folder["e.npy"], 2, 3))
            writer.Write([1, 2, 3, 4, 5, 6]);
        var (shape, values) = NpyReader.Read(folder["e.npy"]);
        Assert.Equal([2, 3], shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], values);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8)]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", 4)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 4)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", 4)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", 4)]
    [InlineData("import os", 4)]
    public void AnotherFormatIsRefused(string header, int bytes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.npy"], [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[bytes]]);
        Assert.Contains("is no float32 array", Assert.Throws<UserErrorException>(() => NpyReader.Read(folder["e.npy"])).Message);
        File.WriteAllBytes(folder["e.npy"], [0x93]);
        Assert.Contains("is no float32 array", Assert.Throws<UserErrorException>(() => NpyReader.Read(folder["e.npy"])).Message);
    }
}
