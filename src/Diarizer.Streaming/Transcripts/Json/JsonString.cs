using System.Globalization;
using System.Text;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>A string of the file, as it is written and as it is meant, so that it can be cut without being written anew.</summary>
internal sealed class JsonString
{
    // Where each character is in the written form.
    private readonly int[] _written;
    private readonly string _raw;

    /// <param name="json">The file.</param>
    /// <param name="value">The string, with its quotes; valid JSON.</param>
    public JsonString(ReadOnlySpan<byte> json, JsonSpan value)
    {
        _raw = Encoding.UTF8.GetString(json[(value.Start + 1)..(value.End - 1)]);
        var text = new StringBuilder(_raw.Length);
        var written = new List<int>(_raw.Length + 1);
        for (var at = 0; at < _raw.Length;)
        {
            written.Add(at);
            text.Append(CharacterAt(ref at));
        }

        written.Add(_raw.Length);
        _written = [.. written];
        Text = text.ToString();
    }

    /// <summary>What it says.</summary>
    public string Text { get; }

    /// <summary>The characters of <see cref="Text"/> from <paramref name="start"/> up to <paramref name="end"/>, as they are written, in quotes.</summary>
    public string Written(int start, int end) => $"\"{_raw[_written[start].._written[end]]}\"";

    private char CharacterAt(ref int at)
    {
        if (_raw[at] != '\\')
            return _raw[at++];
        var escape = _raw[at + 1];
        at += escape == 'u' ? 6 : 2;
        return escape switch
        {
            'u' => (char)ushort.Parse(_raw.AsSpan(at - 4, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            _ => escape,
        };
    }
}
