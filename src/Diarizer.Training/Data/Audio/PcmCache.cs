using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Diarizer.Audio;
using Diarizer.Audio.Files;

namespace Diarizer.Training.Data.Audio;

/// <summary>
/// Decoded audio on disk, one raw 16-bit file for each audio file, so that a random crop costs one read from the page cache.
/// A file's name carries the source's path, size and time; it appears by renaming once it is whole.
/// Several threads may read; nothing is held open.
/// </summary>
internal sealed class PcmCache
{
    private const int BlockFrames = 1 << 16;
    private readonly string _folder;

    public PcmCache(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The cache folder {folder} cannot be made ({error.Message}); give another with --cache.", error);
        }
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder;

    /// <summary>Decodes what is not there yet, on all cores.</summary>
    /// <param name="files">Audio files; those that cannot be decoded are left out of the result.</param>
    /// <param name="progress">Gets (done, of, problem or null) after each file, one call at a time.</param>
    /// <exception cref="UserErrorException">The cache cannot be written.</exception>
    public IReadOnlyDictionary<string, PcmFile> Build(IReadOnlyCollection<string> files, Action<int, int, string?> progress, CancellationToken cancellation)
    {
        var built = new Dictionary<string, PcmFile>(files.Count);
        var gate = new Lock();
        int done = 0;
        UserErrorException? unwritable = null;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(files, parallel, (file, loop) =>
        {
            PcmFile? pcm = null;
            string? problem = null;
            try
            {
                pcm = Find(file);
            }
            catch (UserErrorException error)
            {
                problem = error.Message;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Not the file's fault: what would be left out is everything from here on.
                unwritable = Unwritable(error);
                loop.Stop();
                return;
            }
            lock (gate)
            {
                if (pcm is not null)
                    built[file] = pcm;
                progress(++done, files.Count, problem);
            }
        });
        return unwritable is null ? built : throw unwritable;
    }

    /// <summary>The decoded form of one file, made now if need be.</summary>
    /// <exception cref="UserErrorException">The file is missing or cannot be decoded, or the cache cannot be written.</exception>
    public PcmFile Open(string file)
    {
        try
        {
            return Find(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    private UserErrorException Unwritable(Exception error) =>
        new($"The cache in {_folder} cannot be written ({error.Message.TrimEnd('.')}); free some space or give another folder with --cache.", error);

    private PcmFile Find(string file)
    {
        var source = new FileInfo(file);
        if (!source.Exists)
            throw new UserErrorException($"The audio file {file} does not exist; check the manifest and the data folder.");
        string key = string.Create(CultureInfo.InvariantCulture, $"{source.FullName}|{source.Length}|{source.LastWriteTimeUtc.Ticks}");
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + ".pcm";
        string path = Path.Combine(_folder, name);
        if (!File.Exists(path))
            Decode(file, path);
        return new PcmFile(path, new FileInfo(path).Length / sizeof(short));
    }

    private static void Decode(string file, string path)
    {
        string part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var output = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                Write(file, output);
            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static void Write(string file, FileStream output)
    {
        using var source = new SndFileSource(file);
        short[] rounded = new short[BlockFrames];
        if (source.Format != new AudioFormat(SampleClock.Rate, 1))
        {
            foreach (float[] block in AudioFile.ReadMono16k(file).Chunk(BlockFrames))
                Write(block, rounded, output);
            return;
        }
        float[] samples = new float[BlockFrames];
        AudioRead read;
        do
        {
            read = source.Read(samples);
            Write(samples.AsSpan(0, read.Frames), rounded, output);
        }
        while (!read.EndOfStream);
    }

    private static void Write(ReadOnlySpan<float> samples, short[] rounded, FileStream output)
    {
        for (int i = 0; i < samples.Length; i++)
            rounded[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
        output.Write(MemoryMarshal.AsBytes(rounded.AsSpan(0, samples.Length)));
    }
}
