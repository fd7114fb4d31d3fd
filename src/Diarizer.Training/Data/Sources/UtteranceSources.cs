using Diarizer.Training.Configuration;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Data.Sources;

/// <summary>Opens what a path leads to.</summary>
/// <param name="cache">Where lengths of audio files are remembered.</param>
/// <param name="say">Gets lines for the user.</param>
internal sealed class UtteranceSources(PcmCache cache, Action<string> say, CancellationToken cancellation)
{
    private const string DefaultManifest = "speech.tsv";
    private readonly AudioLengths _lengths = new(cache.Folder, say, cancellation);

    /// <param name="path">A manifest, a folder of speakers or a Kaldi directory.</param>
    /// <param name="corpus">Name of the corpus; empty for the folder's name.</param>
    /// <param name="several">It is one of several sources: the names of speakers get the corpus's name in front, since other folders may number their speakers alike.</param>
    /// <exception cref="UserErrorException">There is nothing, or something else.</exception>
    public IUtteranceSource Open(string path, SourceKind kind, string corpus = "", bool several = false)
    {
        if (kind == SourceKind.Auto)
            kind = !Directory.Exists(path) ? SourceKind.Manifest : File.Exists(Path.Combine(path, "wav.scp")) ? SourceKind.Kaldi : SourceKind.Folders;
        if (kind == SourceKind.Manifest)
            return corpus.Length == 0 ? new Manifest(path) : throw new UserErrorException($"The manifest {path} names the corpus of every row; leave the option corpus out.");
        if (!Directory.Exists(path))
            throw new UserErrorException($"The folder {path} does not exist; give a {(kind == SourceKind.Kaldi ? "Kaldi data directory" : "folder of speakers' folders")}, or another kind.");
        if (corpus.Length == 0)
            corpus = new DirectoryInfo(path).Name;
        string prefix = several ? corpus + "/" : "";
        return kind == SourceKind.Kaldi ? new KaldiDirectory(path, corpus, prefix, _lengths, say) : new FolderTree(path, corpus, prefix, _lengths, say);
    }

    /// <summary>The utterances of a run's data, of the split that it names.</summary>
    /// <param name="root">The data's folder.</param>
    public List<Utterance> Read(DataOptions options, string root)
    {
        if (options.Sources.Length == 0)
            return [.. Open(Path.Combine(root, Named(options, root)), options.Kind).Read(options.Split)];
        var all = new List<Utterance>();
        foreach (var source in options.Sources)
            all.AddRange(Open(Path.Combine(root, source.Path), source.Kind, source.Corpus, options.Sources.Length > 1).Read(options.Split));
        return all;
    }

    private static string Named(DataOptions options, string root)
    {
        if (options.Manifest.Length > 0)
            return options.Manifest;
        bool manifest = options.Kind == SourceKind.Manifest || options.Kind == SourceKind.Auto && File.Exists(Path.Combine(root, DefaultManifest));
        return manifest ? DefaultManifest : "";
    }
}
