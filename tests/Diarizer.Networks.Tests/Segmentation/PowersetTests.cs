using System.Numerics;
using Diarizer.Networks.Segmentation;

namespace Diarizer.Networks.Tests.Segmentation;

public sealed class PowersetTests
{
    [Fact]
    public void Three_speakers_of_whom_two_talk_at_once_have_seven_classes_in_order_of_their_size()
    {
        var powerset = new Powerset(3, 2);
        Assert.Equal(7, powerset.Classes);
        Assert.Equal<byte>([0b000, 0b001, 0b010, 0b100, 0b011, 0b101, 0b110], Enumerable.Range(0, 7).Select(powerset.SetOf));
    }

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 3, 8)]
    [InlineData(4, 2, 11)]
    [InlineData(4, 4, 16)]
    public void Every_set_that_is_allowed_is_a_class_once(int speakers, int simultaneous, int classes)
    {
        var powerset = new Powerset(speakers, simultaneous);
        Assert.Equal(classes, powerset.Classes);
        for (int c = 0; c < classes; c++)
            Assert.Equal(c, powerset.ClassOf(powerset.SetOf(c)));
        for (int set = 0; set < 1 << speakers; set++)
            Assert.Equal(BitOperations.PopCount((uint)set) <= simultaneous, powerset.ClassOf((byte)set) >= 0);
    }

    [Fact]
    public void Too_many_at_once_have_no_class() => Assert.Equal(-1, new Powerset(3, 2).ClassOf(0b111));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 6)]
    [InlineData(4, 24)]
    public void There_are_all_orders_the_identity_first(int speakers, int orders)
    {
        var permutations = new Powerset(speakers, 1).Permutations;
        Assert.Equal(Enumerable.Range(0, speakers), permutations[0]);
        Assert.Equal(orders, permutations.Select(p => string.Join(' ', p)).Distinct().Count());
        Assert.All(permutations, p => Assert.Equal(Enumerable.Range(0, speakers), p.Order()));
    }

    [Fact]
    public void A_class_moves_with_its_speakers()
    {
        var powerset = new Powerset(3, 2);
        // Speaker 0 goes to 1, 1 to 2, 2 to 0: {0, 2} becomes {1, 0}.
        Assert.Equal(powerset.ClassOf(0b011), powerset.Permuted(powerset.ClassOf(0b101), [1, 2, 0]));
        foreach (var permutation in powerset.Permutations)
        {
            int[] back = [.. Enumerable.Range(0, 3).Select(k => permutation.ToList().IndexOf(k))];
            Assert.Equal(0, powerset.Permuted(0, permutation));
            for (int c = 0; c < powerset.Classes; c++)
                Assert.Equal(c, powerset.Permuted(powerset.Permuted(c, permutation), back));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 2)]
    [InlineData(3, 0)]
    [InlineData(2, 3)]
    public void Numbers_out_of_bounds_are_refused(int speakers, int simultaneous) => Assert.Throws<ArgumentOutOfRangeException>(() => new Powerset(speakers, simultaneous));
}
