using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Commands;

/// <summary>Reads who speaks when from files.</summary>
internal static class TurnFiles
{
    private static readonly string[] _rttm = [".rttm"];

    /// <summary>The turns of an RTTM file, or of all those in a folder.</summary>
    /// <exception cref="UserErrorException">They cannot be read, or a line is malformed.</exception>
    public static List<SpeakerSegment> Read(string path) => [.. InputFiles.Expand([path], _rttm).SelectMany(file => ReadText(file, Rttm.Read))];

    /// <summary>Reads a file of lines.</summary>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public static T ReadText<T>(string path, Func<TextReader, string, T> read)
    {
        try
        {
            using var reader = new StreamReader(path);
            return read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read ({e.Message.TrimEnd('.')}); check its permissions.", e);
        }
    }
}
