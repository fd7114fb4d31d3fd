using System.CommandLine;
using Diarizer.Training.Commands;

NativeHeap.KeepLargeBlocks();
return await CommandLineProgram.Run(
    new RootCommand("Trains and measures the models of the diarizer")
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
    },
    args);
