using Diarizer.Training.Commands;

NativeHeap.KeepLargeBlocks();
return await CommandLineProgram.Run(TrainerCommand.Create(), args);
