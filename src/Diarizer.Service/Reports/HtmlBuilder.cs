using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Diarizer.Service.Reports;

/// <summary>Collects HTML. What is written between braces of an interpolated string is always escaped, so that no name can become markup.</summary>
internal sealed class HtmlBuilder
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>Characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds markup with escaped values.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Interpolation markup) => _text.Append('\n');

    /// <summary>Adds a part of this program, such as its style sheet, as it is.</summary>
    public void AddTrusted(string markup) => _text.Append(markup);

    public override string ToString() => _text.ToString();

    /// <summary>Lets the literal parts of a string through and escapes the others.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly HtmlBuilder _target;

        public Interpolation(int literalLength, int formattedCount, HtmlBuilder target) => _target = target;

        public void AppendLiteral(string markup) => _target._text.Append(markup);

        public void AppendFormatted<T>(T value, string? format = null)
        {
            var text = value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString();
            // The encoder leaves line breaks and other control characters alone; in an attribute they do no harm.
            _target._text.Append(Encoder.Encode(text ?? ""));
        }
    }
}
