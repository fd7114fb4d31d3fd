using Diarizer.Streaming.Transcripts;

namespace Diarizer.Service.Commands;

/// <summary>The file that is labelled, and the one that is written.</summary>
internal sealed class LabelFiles
{
    private readonly string _input;
    private readonly string _output;

    private LabelFiles(string input, string output) => (_input, _output) = (input, output);

    /// <summary>Checks all that can be checked before any work is done.</summary>
    /// <exception cref="UserErrorException">The transcript does not exist, the output has no place or is the transcript itself, or options are out of
    /// bounds.</exception>
    public static LabelFiles Check(string input, string output, LabelOptions options)
    {
        if (!File.Exists(input))
            throw new UserErrorException($"{input} does not exist; check the path.");
        if (Path.GetFullPath(input) == Path.GetFullPath(output))
            throw new UserErrorException($"--output is the transcript itself; give another name, so that the unlabelled one is kept.");
        if (Directory.Exists(output) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output))))
            throw new UserErrorException($"{output} cannot be written, as it is a folder or in a folder that does not exist; choose another place for --output.");
        if (options.Validate() is [var problem, ..])
            throw new UserErrorException($"Of the options, {problem}");
        return new LabelFiles(input, output);
    }

    /// <summary>Reads the transcript.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is malformed.</exception>
    public Transcript Read(TranscriptFormat? format)
    {
        byte[] content;
        try
        {
            if (new FileInfo(_input).Length > TranscriptLimits.MaximumBytes)
                throw new UserErrorException($"{_input} is larger than {TranscriptLimits.MaximumBytes >> 20} MiB; split it into several files.");
            content = File.ReadAllBytes(_input);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{_input} cannot be read ({e.Message.TrimEnd('.')}); check its permissions.", e);
        }

        return Transcript.Read(content, _input, format);
    }

    /// <summary>Writes the labelled transcript.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(ReadOnlyMemory<byte> content)
    {
        try
        {
            File.WriteAllBytes(_output, content.Span);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{_output} cannot be written ({e.Message.TrimEnd('.')}); choose another place for --output.", e);
        }
    }
}
