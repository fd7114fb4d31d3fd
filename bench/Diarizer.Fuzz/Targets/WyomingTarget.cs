using System.Text;
using Diarizer.Audio.Wyoming;

namespace Diarizer.Fuzz.Targets;

/// <summary>Bytes of a Wyoming connection. Cut into pieces they must give the same events as whole.</summary>
internal sealed class WyomingTarget : IFuzzTarget
{
    private const int PieceBytes = 37;

    public string Name => "wyoming";

    public bool IsJson => true;

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1}}\n{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":4}\nabcd{\"type\":\"audio-stop\"}\n",
            "{\"type\":\"audio-chunk\",\"version\":\"1.5.4\",\"data_length\":37,\"payload_length\":8}\n{\"rate\":22050,\"width\":4,\"channels\":1}abcdefgh",
            "{\"type\":\"describe\"}\n{\"type\":\"ping\",\"data\":{\"text\":\"x\"}}\n",
            "{\"type\":\"run-pipeline\",\"data\":{\"start_stage\":\"asr\",\"end_stage\":\"tts\",\"snd_format\":{\"rate\":22050}}}\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IReadOnlyList<string> Words { get; } =
    [
        "{", "}", "[", "]", ",", ":", "\n", "\"type\":", "\"data\":", "\"data_length\":", "\"payload_length\":", "\"rate\":", "\"width\":", "\"channels\":", "null", "\"audio-chunk\"", "\"\\u0061\"", "{\"type\":\"ping\"}\n",
    ];

    public string Read(byte[] input)
    {
        var (whole, fault) = Events(input, input.Length);
        var (pieces, sameFault) = Events(input, PieceBytes);
        if (whole != pieces || fault != sameFault) throw new FuzzException("pieces give other events than the whole");
        return fault is null ? whole : throw new UserErrorException($"A connection is closed: {fault}.");
    }

    public void Dispose()
    {
    }

    private static (string Events, string? Fault) Events(byte[] input, int piece)
    {
        var events = new StringBuilder();
        var begin = 0;
        try
        {
            for (var end = Math.Min(piece, input.Length); ; end = Math.Min(end + piece, input.Length))
            {
                while (WyomingReader.Read(input.AsSpan(begin, end - begin), out var read) is > 0 and var taken)
                {
                    if (read.Payload.Length > taken) throw new FuzzException("a payload longer than its event");
                    events.Append((int)read.Kind).Append(' ').Append(int.Log2(read.Payload.Length + 1)).Append(';');
                    begin += taken;
                }

                if (end == input.Length) return (events.ToString(), null);
            }
        }
        catch (WyomingException refusal)
        {
            return (events.ToString(), refusal.Message);
        }
    }
}
