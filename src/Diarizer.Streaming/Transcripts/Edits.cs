using System.Buffers;

namespace Diarizer.Streaming.Transcripts;

/// <summary>Replacements in a text or a file. All that is not replaced is copied, so a file that nobody edits stays what it was.</summary>
/// <typeparam name="T">Characters or bytes.</typeparam>
internal sealed class Edits<T>(ReadOnlyMemory<T> original, string source)
{
    private readonly List<(int Start, int End, ReadOnlyMemory<T> Replacement)> _edits = [];
    private long _growth;

    /// <summary>
    /// Replaces [<paramref name="start"/>, <paramref name="end"/>), which overlaps no other edit. An insertion is a replacement of nothing; several at one
    /// place keep their order.
    /// </summary>
    /// <exception cref="UserErrorException">The edits add more than <see cref="TranscriptLimits.MaximumGrowth"/>.</exception>
    public void Replace(int start, int end, ReadOnlyMemory<T> replacement)
    {
        _growth += replacement.Length;
        if (_growth > TranscriptLimits.MaximumGrowth)
            throw new UserErrorException($"{source} would grow too large with its cues split; label it without splitting.");
        _edits.Add((start, end, replacement));
    }

    /// <summary>[<paramref name="start"/>, <paramref name="end"/>) of the original with the edits that lie in it.</summary>
    public ReadOnlyMemory<T> Apply(int start, int end)
    {
        var output = new ArrayBufferWriter<T>(end - start + 16);
        foreach (var edit in _edits.OrderBy(e => e.Start))
        {
            output.Write(original[start..edit.Start].Span);
            output.Write(edit.Replacement.Span);
            start = edit.End;
        }

        output.Write(original[start..end].Span);
        return output.WrittenMemory;
    }

    /// <summary>The whole, edited.</summary>
    public ReadOnlyMemory<T> Apply() => Apply(0, original.Length);
}
