using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Diarizer.Audio.Native;

/// <summary>A growing file in memory for libsndfile (SF_VIRTUAL_IO). It must outlive the handles opened on it.</summary>
internal sealed unsafe class SndFileMemory : IDisposable
{
    private readonly GCHandle _self;
    private byte[] _bytes = new byte[16 * 1024];
    private int _length, _position;

    public SndFileMemory() => _self = GCHandle.Alloc(this);

    /// <summary>Opens the file as it is, from its current place.</summary>
    public SndFileHandle Open(int mode, ref SndFile.Info info)
    {
        var calls = new SndFile.VirtualIo { GetLength = &GetLength, Seek = &Seek, Read = &Read, Write = &Write, Tell = &Tell };
        return SndFile.OpenVirtual(calls, mode, ref info, GCHandle.ToIntPtr(_self));
    }

    /// <summary>Goes back to the first byte.</summary>
    public void Rewind() => _position = 0;

    public void Dispose() => _self.Free();

    private static SndFileMemory Of(nint user) => (SndFileMemory)GCHandle.FromIntPtr(user).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long GetLength(nint user) => Of(user)._length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Tell(nint user) => Of(user)._position;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(long offset, int origin, nint user)
    {
        var file = Of(user);
        long from = (SeekOrigin)origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => file._position, _ => file._length };
        return file._position = (int)Math.Clamp(from + offset, 0, file._length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Read(byte* target, long count, nint user)
    {
        var file = Of(user);
        int got = (int)Math.Min(count, file._length - file._position);
        file._bytes.AsSpan(file._position, got).CopyTo(new Span<byte>(target, got));
        file._position += got;
        return got;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Write(byte* source, long count, nint user)
    {
        var file = Of(user);
        int end = file._position + (int)count;
        if (end > file._bytes.Length)
            Array.Resize(ref file._bytes, Math.Max(end, 2 * file._bytes.Length));
        new ReadOnlySpan<byte>(source, (int)count).CopyTo(file._bytes.AsSpan(file._position));
        file._position = end;
        file._length = Math.Max(file._length, end);
        return count;
    }
}
