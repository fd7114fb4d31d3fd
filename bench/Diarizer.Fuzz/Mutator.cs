using System.Globalization;
using System.Text;

namespace Diarizer.Fuzz;

/// <summary>Changes inputs a little: single bits, numbers, words, pieces of themselves and of others.</summary>
/// <param name="random">Chance.</param>
/// <param name="words">Pieces that mean something to the reader.</param>
/// <param name="longest">Bytes that an input may have.</param>
internal sealed class Mutator(Random random, IReadOnlyList<string> words, int longest)
{
    private const int MostChanges = 6;

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "255", "65536", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "18446744073709551616",
        "1e308", "1e309", "-0", "4.9e-324", "0.1", "99999999999999999999999999", "NaN", "Infinity", "1e", "١",
    ];

    private static readonly byte[] Bytes = [0x00, 0x01, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x26, 0x2C, 0x3A, 0x3C, 0x5B, 0x5C, 0x7B, 0x7F, 0x80, 0xC3, 0xED, 0xEF, 0xFE, 0xFF];

    /// <summary>A changed copy of <paramref name="input"/>, with pieces of <paramref name="other"/> perhaps.</summary>
    public byte[] Change(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (var left = random.Next(1, MostChanges + 1); left > 0; left--)
            ChangeOnce(bytes, other);
        if (bytes.Count > longest)
            bytes.RemoveRange(longest, bytes.Count - longest);
        return [.. bytes];
    }

    private void ChangeOnce(List<byte> bytes, byte[] other)
    {
        switch (bytes.Count == 0 ? 5 : random.Next(11))
        {
            case 0:
                bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[random.Next(bytes.Count)] = Bytes[random.Next(Bytes.Length)];
                break;
            case 2:
                ReplaceNumber(bytes);
                break;
            case 3:
                bytes.RemoveRange(Piece(bytes.Count, out var length), length);
                break;
            case 4:
                Repeat(bytes);
                break;
            case 5:
                Insert(bytes, Word());
                break;
            case 6:
                Overwrite(bytes, Word());
                break;
            case 7:
                if (other.Length > 0)
                    Insert(bytes, other.AsSpan(Piece(other.Length, out var taken), taken).ToArray());
                break;
            case 8:
                Swap(bytes);
                break;
            case 9:
                Overwrite(bytes, RandomInteger());
                break;
            default:
                var end = random.Next(bytes.Count);
                bytes.RemoveRange(end, bytes.Count - end);
                break;
        }
    }

    private byte[] Word() => words.Count > 0 && random.Next(4) > 0
        ? Encoding.UTF8.GetBytes(words[random.Next(words.Count)])
        : Encoding.UTF8.GetBytes(Numbers[random.Next(Numbers.Length)]);

    private byte[] RandomInteger()
    {
        var bytes = BitConverter.GetBytes(random.Next(4) == 0 ? random.NextInt64() : Math.Max(random.Next(3), int.MaxValue - random.Next(3)));
        return bytes[..(1 << random.Next(4))];
    }

    private void Insert(List<byte> bytes, byte[] piece) => bytes.InsertRange(random.Next(bytes.Count + 1), piece);

    private void Overwrite(List<byte> bytes, byte[] piece)
    {
        var at = random.Next(bytes.Count);
        for (var i = 0; i < piece.Length && at + i < bytes.Count; i++)
            bytes[at + i] = piece[i];
    }

    private void Repeat(List<byte> bytes)
    {
        var at = Piece(bytes.Count, out var length);
        var piece = bytes.GetRange(at, length);
        // Seldom very often: deep nesting and long lists.
        for (var times = random.Next(20) == 0 ? random.Next(500) : random.Next(1, 4); times > 0 && bytes.Count < longest; times--)
            bytes.InsertRange(at, piece);
    }

    private void Swap(List<byte> bytes)
    {
        var (a, b) = (random.Next(bytes.Count), random.Next(bytes.Count));
        (bytes[a], bytes[b]) = (bytes[b], bytes[a]);
    }

    private void ReplaceNumber(List<byte> bytes)
    {
        var at = random.Next(bytes.Count);
        at = bytes.FindIndex(at, b => char.IsAsciiDigit((char)b));
        if (at < 0)
            return;
        var end = bytes.FindIndex(at, b => !char.IsAsciiDigit((char)b) && b != '.');
        bytes.RemoveRange(at, (end < 0 ? bytes.Count : end) - at);
        var number = random.Next(3) == 0 ? random.Next(100_000).ToString(CultureInfo.InvariantCulture) : Numbers[random.Next(Numbers.Length)];
        bytes.InsertRange(at, Encoding.UTF8.GetBytes(number));
    }

    private int Piece(int count, out int length)
    {
        var at = random.Next(count);
        // Short pieces mostly.
        length = Math.Min(count - at, random.Next(8) == 0 ? random.Next(count) + 1 : random.Next(1, 33));
        return at;
    }
}
