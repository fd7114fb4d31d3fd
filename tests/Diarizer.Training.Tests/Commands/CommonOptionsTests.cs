using Diarizer.Training.Commands;

namespace Diarizer.Training.Tests.Commands;

public sealed class CommonOptionsTests
{
    [Fact]
    public void A_card_repeats_the_command_without_this_machines_folders()
    {
        string[] typed = ["train", "training/vad.json", "--data", "/srv/speech", "--run", "/tmp/run", "--cache", "/tmp/cache", "--out", "/tmp/out", "--threads", "2", "--fresh"];
        Assert.Equal("diarizer-train train training/vad.json --data DATA --threads 2 --fresh", CommonOptions.CommandLine(typed));
    }
}
