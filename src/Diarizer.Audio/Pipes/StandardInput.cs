using System.Runtime.InteropServices;

namespace Diarizer.Audio.Pipes;

/// <summary>The process's standard input, with a wait that ends: a blocked read could not be stopped.</summary>
internal sealed partial class StandardInput : Stream
{
    private const short PollIn = 1;
    private const int PatienceMilliseconds = 100;

    private readonly Stream _stream = Console.OpenStandardInput();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="UserErrorException">Somebody sits at it.</exception>
    public static StandardInput Open() => Console.IsInputRedirected
        ? new()
        : throw new UserErrorException("Standard input is a terminal; pipe raw PCM into it, for example from arecord -t raw.");

    /// <summary>True when a read will not block (bytes or the end), after at most 100 ms.</summary>
    public static bool HasBytesSoon()
    {
        if (!OperatingSystem.IsLinux()) return true;
        var entry = new PollEntry { Descriptor = 0, Events = PollIn };
        return Poll(ref entry, 1, PatienceMilliseconds) > 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => _stream.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entry, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
