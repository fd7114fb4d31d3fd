using System.Text;

namespace Diarizer.Streaming.Transcripts;

/// <summary>The text of a file, and how to turn text into a file of the same encoding again.</summary>
/// <param name="Text">Without byte order mark.</param>
/// <param name="Source">Name in messages.</param>
/// <param name="Encoding">Writes what it read; its preamble is the file's byte order mark.</param>
internal sealed record TranscriptText(string Text, string Source, Encoding Encoding)
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, true);
    private static readonly Encoding[] Marked = [new UTF8Encoding(true, true), new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true)];

    /// <exception cref="UserErrorException">The bytes are no text in UTF-8 or marked UTF-16.</exception>
    public static TranscriptText Decode(ReadOnlySpan<byte> content, string source)
    {
        var encoding = Utf8;
        foreach (var candidate in Marked)
        {
            if (content.StartsWith(candidate.Preamble))
                encoding = candidate;
        }

        content = content[encoding.Preamble.Length..];
        try
        {
            var text = encoding.GetString(content);
            var zero = text.IndexOf('\0', StringComparison.Ordinal);
            return zero < 0 ? new TranscriptText(text, source, encoding) : throw new UserErrorException(
                $"{source}, line {LineOf(text, zero)}: there is a zero byte, so this is no text, or UTF-16 without a byte order mark; give a UTF-8 file.");
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + content[..Math.Clamp(e.Index, 0, content.Length)].Count((byte)'\n');
            throw new UserErrorException($"{source}, line {line}: this is not {Name(encoding)}; convert the file, for instance with iconv -f ISO-8859-1 -t UTF-8.", e);
        }
    }

    /// <summary>The file of a text.</summary>
    public byte[] Encode(ReadOnlySpan<char> text)
    {
        var preamble = Encoding.Preamble;
        var bytes = new byte[preamble.Length + Encoding.GetByteCount(text)];
        preamble.CopyTo(bytes);
        Encoding.GetBytes(text, bytes.AsSpan(preamble.Length));
        return bytes;
    }

    /// <summary>The line, counted from 1, that holds the character at <paramref name="index"/>.</summary>
    public static int LineOf(ReadOnlySpan<char> text, int index) => 1 + text[..index].Count('\n');

    /// <summary>What is wrong in a line, and what to do about it.</summary>
    public UserErrorException Error(int line, string problem) => new($"{Source}, line {line}: {problem}");

    /// <summary>A piece of the file for a message: short, and on one line.</summary>
    public static string Clip(string text) => ForeignText.Clip(text);

    private static string Name(Encoding encoding) => encoding is UnicodeEncoding ? "UTF-16" : "UTF-8";
}
