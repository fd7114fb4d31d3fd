using System.Text;
using System.Text.Json;

namespace Diarizer.Service.Tuning;

/// <summary>
/// The text of a JSON object in which single values are set. All else stays byte for byte: comments, order, layout and line ends. Comments and
/// trailing commas are allowed, and names do not care for case, as in configuration files.
/// </summary>
internal sealed class JsonText
{
    private static readonly JsonReaderOptions Leniency = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _newLine;
    private readonly string _unit;

    private byte[] _text;

    /// <summary>Takes the text of an object.</summary>
    /// <exception cref="JsonException">It is not JSON, or no object.</exception>
    public JsonText(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _unit = text.Split('\n').Select(IndentationOf).FirstOrDefault(indentation => indentation.Length > 0) ?? "  ";
        using var checkedWhole = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (checkedWhole.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is not an object");
    }

    public override string ToString() => Encoding.UTF8.GetString(_text);

    /// <summary>Sets one value; groups on the way that are not there, or are no objects, are made.</summary>
    /// <param name="names">The names from the outermost group to the value.</param>
    /// <param name="value">The value as JSON.</param>
    public void Set(ReadOnlySpan<string> names, string value)
    {
        var place = Find(names);
        var rest = names[place.Depth..];
        if (place.Value is { } known)
            Replace(known, rest.IsEmpty ? value : $"{{ {OnOneLine(rest, value)} }}");
        else if (place.LastMember is { } last)
            AddAfter(last, rest, value);
        else
            AddFirst(place.Group, rest, value);
    }

    // The value itself, or the innermost group on the way to it with its last member.
    private Place Find(ReadOnlySpan<string> names)
    {
        var reader = new Utf8JsonReader(_text, Leniency);
        reader.Read();
        var (depth, open) = (0, (int)reader.TokenStartIndex);
        (int, int)? last = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = (int)reader.TokenStartIndex;
            var isOnTheWay = string.Equals(reader.GetString(), names[depth], StringComparison.OrdinalIgnoreCase);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isOnTheWay && depth < names.Length - 1 && reader.TokenType == JsonTokenType.StartObject)
            {
                (depth, open, last) = (depth + 1, start, null);
                continue;
            }

            reader.Skip();
            last = (name, (int)reader.BytesConsumed);
            if (isOnTheWay)
                return new(depth + 1, start..(int)reader.BytesConsumed, default, null);
        }

        return new(depth, null, open..(int)reader.BytesConsumed, last);
    }

    private void AddAfter((int Name, int End) last, ReadOnlySpan<string> names, string value)
    {
        var next = Past(last.End, sameLine: false);
        var hasComma = _text[next] == ',';
        var end = hasComma ? next + 1 : last.End;
        var (own, after) = hasComma ? ("", ",") : (",", "");
        if (LineBefore(last.Name) is { } line && string.IsNullOrWhiteSpace(line))
        {
            // The comment behind the last member stays behind it.
            Replace(Whole(EndOfLine(end)), $"{_newLine}{line}{OnLines(names, value, line)}{after}");
            Replace(Whole(last.End), own);
        }
        else
        {
            Replace(Whole(end), $"{own} {OnOneLine(names, value)}{after}");
        }

        static Range Whole(int at) => at..at;
    }

    private void AddFirst(Range group, ReadOnlySpan<string> names, string value)
    {
        var (start, end) = (group.Start.Value + 1, group.End.Value - 1);
        var content = Encoding.UTF8.GetString(_text[start..end]);
        var indentation = IndentationOf(LineBefore(start)!);
        var member = $"{_newLine}{indentation}{_unit}{OnLines(names, value, indentation + _unit)}";
        if (string.IsNullOrWhiteSpace(content))
            Replace(start..end, $"{member}{_newLine}{indentation}");
        else if (content.Contains('\n', StringComparison.Ordinal))
            Replace(EndOfLine(start)..EndOfLine(start), member);
        else
            Replace(end..end, $"{OnOneLine(names, value)} ");
    }

    private void Replace(Range range, string by)
    {
        var (start, length) = range.GetOffsetAndLength(_text.Length);
        _text = [.. _text.AsSpan(0, start), .. Encoding.UTF8.GetBytes(by), .. _text.AsSpan(start + length)];
    }

    private string LineBefore(int at)
    {
        var start = _text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        return Encoding.UTF8.GetString(_text.AsSpan(start, at - start));
    }

    // The end of the line when only blanks and comments are left on it, else the same place.
    private int EndOfLine(int at)
    {
        var end = Past(at, sameLine: true);
        return end == _text.Length || _text[end] is (byte)'\r' or (byte)'\n' ? end : at;
    }

    private int Past(int at, bool sameLine)
    {
        while (at < _text.Length)
        {
            var rest = _text.AsSpan(at);
            if (rest[0] is (byte)' ' or (byte)'\t' || (!sameLine && rest[0] is (byte)'\r' or (byte)'\n'))
            {
                at++;
            }
            else if (rest.StartsWith("//"u8))
            {
                var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
                at = length < 0 ? _text.Length : at + length;
            }
            else if (rest.StartsWith("/*"u8))
            {
                var length = rest.IndexOf("*/"u8) + 2;
                if (sameLine && rest[..length].Contains((byte)'\n'))
                    return at;
                at += length;
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    private static string OnOneLine(ReadOnlySpan<string> names, string value) =>
        names.Length == 1 ? $"\"{names[0]}\": {value}" : $"\"{names[0]}\": {{ {OnOneLine(names[1..], value)} }}";

    private string OnLines(ReadOnlySpan<string> names, string value, string indentation) => names.Length == 1
        ? $"\"{names[0]}\": {value}"
        : $"\"{names[0]}\": {{{_newLine}{indentation}{_unit}{OnLines(names[1..], value, indentation + _unit)}{_newLine}{indentation}}}";

    private static string IndentationOf(string line) => line[..^line.TrimStart(' ', '\t').Length];

    private readonly record struct Place(int Depth, Range? Value, Range Group, (int Name, int End)? LastMember);
}
