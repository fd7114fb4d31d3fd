using System.CommandLine;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train</c>: all that can be asked of the program.</summary>
internal static class TrainerCommand
{
    public static RootCommand Create() => new("Trains and measures the models of the diarizer")
    {
        TrainCommand.Create(),
        SimulateCommand.Create(),
        VoicesCommand.Create(),
        ExportCommand.Create(),
        ImportCommand.Create(),
        ForwardCommand.Create(),
        EmbedCommand.Create(),
        EvaluateCommand.Create(),
        SpeedCommand.Create(),
        AttentionCommand.Create(),
        SaliencyCommand.Create(),
    };
}
