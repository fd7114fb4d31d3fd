using System.Text.Json;

namespace Diarizer.Audio.Wyoming;

/// <summary>What a peer sent is not the Wyoming protocol; nothing after it can be read.</summary>
/// <param name="fault">In a few words, and nothing of what the peer sent.</param>
internal sealed class WyomingException(string fault) : Exception(fault);

/// <summary>Takes bytes of a Wyoming connection apart. Bounded, and allocates nothing for an event.</summary>
internal static class WyomingReader
{
    /// <summary>Bytes of the longest line.</summary>
    public const int MostLine = 16 << 10;

    /// <summary>Bytes of the most JSON beside the line.</summary>
    public const int MostData = 64 << 10;

    /// <summary>Bytes of the longest payload.</summary>
    public const int MostPayload = 256 << 10;

    /// <summary>Bytes of the longest event.</summary>
    public const int MostBytes = MostLine + MostData + MostPayload;

    /// <summary>Reads the event at the front of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">What came and was not read yet.</param>
    /// <param name="read">The event; it points into <paramref name="bytes"/>.</param>
    /// <returns>Bytes that it took; 0 when it is not here as a whole.</returns>
    /// <exception cref="WyomingException">This is no event, or too long a one.</exception>
    public static int Read(ReadOnlySpan<byte> bytes, out WyomingEvent read)
    {
        read = default;
        var line = bytes.IndexOf((byte)'\n');
        if (line < 0) return bytes.Length <= MostLine ? 0 : throw new WyomingException("a line without an end");
        if (line > MostLine) throw new WyomingException("too long a line");
        try
        {
            var fields = new Fields();
            fields.Add(bytes[..line], isData: false);
            if (fields.DataLength is < 0 or > MostData) throw new WyomingException("a data_length out of bounds");
            if (fields.PayloadLength is < 0 or > MostPayload) throw new WyomingException("a payload_length out of bounds");
            var (data, payload) = (line + 1, line + 1 + fields.DataLength);
            if (bytes.Length < payload + fields.PayloadLength) return 0;
            if (fields.DataLength > 0) fields.Add(bytes[data..payload], isData: true);
            read = new(fields.Kind, fields.Rate, fields.Width, fields.Channels, bytes.Slice(payload, fields.PayloadLength));
            return payload + fields.PayloadLength;
        }
        catch (JsonException)
        {
            throw new WyomingException("a line that is no JSON");
        }
    }

    private ref struct Fields
    {
        public WyomingKind Kind;
        public int DataLength;
        public int PayloadLength;
        public int Rate;
        public int Width;
        public int Channels;

        /// <summary>Takes in an object: the line, or what <c>data_length</c> announced.</summary>
        public void Add(ReadOnlySpan<byte> json, bool isData)
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new WyomingException("a line that is no JSON object");
            AddObject(ref reader, isData);
            if (reader.Read()) throw new WyomingException("something after the JSON object");
        }

        private void AddObject(ref Utf8JsonReader reader, bool isData)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!isData && reader.ValueTextEquals("type"u8)) Kind = KindOf(ref reader);
                else if (!isData && reader.ValueTextEquals("data_length"u8)) DataLength = Number(ref reader);
                else if (!isData && reader.ValueTextEquals("payload_length"u8)) PayloadLength = Number(ref reader);
                else if (isData && reader.ValueTextEquals("rate"u8)) Rate = Number(ref reader);
                else if (isData && reader.ValueTextEquals("width"u8)) Width = Number(ref reader);
                else if (isData && reader.ValueTextEquals("channels"u8)) Channels = Number(ref reader);
                else AddOther(ref reader, isData);
            }
        }

        private void AddOther(ref Utf8JsonReader reader, bool isData)
        {
            var mayHoldData = !isData && reader.ValueTextEquals("data"u8);
            reader.Read();
            if (mayHoldData && reader.TokenType == JsonTokenType.StartObject) AddObject(ref reader, isData: true);
            else reader.Skip();
        }

        private static int Number(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return 0;
            return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : throw new WyomingException("a length or format that is no whole number");
        }

        private static WyomingKind KindOf(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw new WyomingException("a type that is no text");
            return reader.ValueTextEquals("audio-chunk"u8) ? WyomingKind.AudioChunk
                : reader.ValueTextEquals("audio-start"u8) ? WyomingKind.AudioStart
                : reader.ValueTextEquals("audio-stop"u8) ? WyomingKind.AudioStop
                : reader.ValueTextEquals("describe"u8) ? WyomingKind.Describe
                : reader.ValueTextEquals("ping"u8) ? WyomingKind.Ping
                : WyomingKind.Other;
        }
    }
}
