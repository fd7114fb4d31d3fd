using Diarizer.Networks.Segmentation;
using Diarizer.Training.Segmentation;

namespace Diarizer.Training.Tests.Segmentation;

public class FrameErrorsTests
{
    private const int None = 0b000, A = 0b001, B = 0b010, C = 0b100;

    private static readonly Powerset Powerset = new(3, 2);

    [Fact]
    public void WhatIsRightHasNoErrors() => Assert.Equal((6, 0, 0, 0), Errors([A, A, A | B, B, B, None], [A, A, A | B, B, B, None]));

    [Fact]
    public void AnotherOrderOfTheSpeakersIsRightToo() => Assert.Equal((6, 0, 0, 0), Errors([A, A, A | B, B, B, None], [C, C, C | A, A, A, None]));

    [Fact]
    public void EveryKindIsCounted()
    {
        // One of two is missed, speech is heard in silence, and one frame is somebody else's than the others of that voice.
        Assert.Equal((7, 1, 1, 1), Errors([A, A, A, A | B, B, B, None], [A, A, A, B, A, B, C]));
    }

    [Fact]
    public void TwoForOneIsAFalseAlarmAndNoConfusion() => Assert.Equal((3, 0, 1, 0), Errors([A, A, A], [A, A | B, A]));

    [Fact]
    public void OneWrongOfAPairIsConfusedOnce() => Assert.Equal((6, 0, 0, 1), Errors([A, B, C, C, A | B], [A, B, C, C, A | C]));

    [Fact]
    public void WindowsHaveTheirOwnOrders()
    {
        var errors = new FrameErrors(Powerset);
        Add(errors, [A, B], [A, B]);
        Add(errors, [A, B], [B, A]);
        Assert.Equal((4, 0), (errors.Speech, errors.Confusion));
        Add(errors, [A, A], [None, None]);
        Assert.Equal((2, 2 / 6.0, 2 / 6.0, 0.0), (errors.Miss, errors.Rate, errors.ShareOf(errors.Miss), errors.ShareOf(errors.Confusion)));
    }

    [Fact]
    public void SilenceAloneHasARate()
    {
        var errors = new FrameErrors(Powerset);
        Add(errors, [None, None], [A, None]);
        Assert.Equal((0, 1, 0.0, 0.0), (errors.Speech, errors.FalseAlarm, errors.Rate, errors.ShareOf(errors.FalseAlarm)));
    }

    private static (long Speech, long Miss, long FalseAlarm, long Confusion) Errors(int[] right, int[] found)
    {
        var errors = new FrameErrors(Powerset);
        Add(errors, right, found);
        return (errors.Speech, errors.Miss, errors.FalseAlarm, errors.Confusion);
    }

    private static void Add(FrameErrors errors, int[] right, int[] found) =>
        errors.Add([.. right.Select(set => (long)Powerset.ClassOf((byte)set))], [.. found.Select(set => Powerset.ClassOf((byte)set))]);
}
