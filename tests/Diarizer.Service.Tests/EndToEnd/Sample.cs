using Diarizer.Audio.Files;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The bundled conversation, and pieces of it.</summary>
internal static class Sample
{
    private static readonly string _path = Find();
    private static readonly Lazy<float[]> _audio = new(() => AudioFile.ReadMono16k(_path));

    public static string Path => _path;

    /// <summary>Some seconds of it.</summary>
    public static float[] Cut(double start, double seconds) => _audio.Value.AsSpan((int)(start * 16_000), (int)(seconds * 16_000)).ToArray();

    /// <summary>Some seconds of it as a file.</summary>
    public static string CutFile(TemporaryFolder folder, double start, double seconds)
    {
        var path = folder.File(FormattableString.Invariant($"cut-{start:F0}-{seconds:F0}.wav"));
        WavWriter.WriteMono(path, Cut(start, seconds));
        return path;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "samples", "conversation.flac");
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException("samples/conversation.flac is not in any folder above the tests.");
    }
}
