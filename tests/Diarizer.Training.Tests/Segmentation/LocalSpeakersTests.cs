using Diarizer.Networks.Segmentation;
using Diarizer.Training.Segmentation;

namespace Diarizer.Training.Tests.Segmentation;

public class LocalSpeakersTests
{
    private const byte A = 1, B = 2, C = 4, D = 8;

    [Fact]
    public void SpeakersAreNumberedByTheirFirstWord()
    {
        // The third of the conversation is heard first.
        Assert.Equal([0b001, 0b001, 0b010, 0b000], Sets([C, C, C, C, A, A, 0, 0], 4));
    }

    [Fact]
    public void TheThreeMostTalkativeAreKept()
    {
        // D says least although first of all; B, A and C are left in the order in which they come.
        Assert.Equal([0b000, 0b001, 0b001, 0b010, 0b010, 0b100, 0b100], Sets([D, D, B, B, B, B, A, A, A, A, C, C, C, C], 7));
    }

    [Fact]
    public void TwoAtOnceAreAPair() => Assert.Equal([0b001, 0b011, 0b010], Sets([A, A, A | B, A | B, B, B], 3));

    [Fact]
    public void OfThreeAtOnceTheLastToComeIsDropped() => Assert.Equal([0b001, 0b011, 0b011], Sets([A, A, A | B, A | B, A | B | C, A | B | C], 3));

    [Fact]
    public void HalfAFrameIsEnough() => Assert.Equal([0b001, 0b001, 0b000], Sets([A, 0, 0, A, 0, 0], 3));

    [Fact]
    public void WhatReachesPastTheLabelsIsSilence() => Assert.Equal([0b001, 0b001, 0b000, 0b000], Sets([A, A, A], 4));

    [Fact]
    public void NobodyIsSilence() => Assert.Equal([0, 0], Sets([0, 0, 0, 0], 2));

    private static int[] Sets(byte[] labels, int frames)
    {
        var powerset = new Powerset(3, 2);
        var classes = new long[frames];
        classes.AsSpan().Fill(-1);
        new LocalSpeakers(powerset).Classify(labels, classes);
        return [.. classes.Select(c => (int)powerset.SetOf((int)c))];
    }
}
