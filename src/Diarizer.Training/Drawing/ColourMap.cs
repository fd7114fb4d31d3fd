namespace Diarizer.Training.Drawing;

/// <summary>256 colours between a few given ones.</summary>
internal sealed class ColourMap
{
    private readonly (byte, byte, byte)[] _palette;

    private ColourMap(params (int Red, int Green, int Blue)[] anchors)
    {
        _palette = [.. Enumerable.Range(0, 256).Select(i =>
        {
            double at = i / 255.0 * (anchors.Length - 1);
            int before = Math.Min((int)at, anchors.Length - 2);
            var (a, b, share) = (anchors[before], anchors[before + 1], at - before);
            byte Mix(int from, int to) => (byte)Math.Round(from + (to - from) * share);
            return (Mix(a.Red, b.Red), Mix(a.Green, b.Green), Mix(a.Blue, b.Blue));
        })];
    }

    /// <summary>From dark blue through green to yellow, growing lighter all the way: for amounts.</summary>
    public static ColourMap Sequential { get; } = new((42, 24, 88), (52, 80, 140), (32, 132, 140), (70, 182, 110), (170, 215, 55), (253, 231, 60));

    /// <summary>From blue through white to red: for values on both sides of zero, which is white.</summary>
    public static ColourMap Diverging { get; } = new((20, 70, 160), (110, 160, 215), (247, 247, 247), (230, 130, 95), (165, 20, 35));

    public ReadOnlySpan<(byte Red, byte Green, byte Blue)> Palette => _palette;
}
