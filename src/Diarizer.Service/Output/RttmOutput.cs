using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Output;

/// <summary>Where <c>--rttm</c> writes: one file for all recordings, or a folder with a file for each.</summary>
public sealed class RttmOutput
{
    private readonly string _path;
    private readonly bool _isFolder;

    private readonly string _option;

    private RttmOutput(string path, bool isFolder, string option) => (_path, _isFolder, _option) = (path, isFolder, option);

    /// <summary>Checks the place before any work is done, and empties the file.</summary>
    /// <param name="path">A folder that exists or ends in a slash; anything else is a file.</param>
    /// <param name="inputs">The recordings; their names must differ, since they name the segments.</param>
    /// <param name="option">Name of the option that gave the place.</param>
    /// <exception cref="UserErrorException">It cannot be written, or two recordings have the same name.</exception>
    public static RttmOutput To(string path, IReadOnlyList<string> inputs, string option = "--rttm")
    {
        if (inputs.GroupBy(Path.GetFileNameWithoutExtension).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new UserErrorException($"{twice.Count()} recordings are called {twice.Key}, which RTTM could not tell apart; rename one or diarize them separately.");
        var output = new RttmOutput(path, Directory.Exists(path) || path.EndsWith('/'), option);
        output.Save(() =>
        {
            if (output._isFolder)
                Directory.CreateDirectory(path);
            else
                File.WriteAllText(path, "");
        });
        return output;
    }

    /// <summary>Writes the turns of one recording.</summary>
    /// <exception cref="UserErrorException">They cannot be written.</exception>
    public void Write(string recording, IEnumerable<SpeakerSegment> segments) => Save(() =>
    {
        var file = _isFolder ? Path.Combine(_path, Path.GetFileNameWithoutExtension(recording) + ".rttm") : _path;
        using var writer = new StreamWriter(file, append: !_isFolder);
        Rttm.Write(writer, segments);
    });

    private void Save(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{_path} cannot be written ({e.Message.TrimEnd('.')}); choose another place for {_option}.", e);
        }
    }
}
