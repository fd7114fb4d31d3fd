using Diarizer.Service.Commands;

return await CommandLine.InvokeAsync(DiarizerCommand.Create(), args);
