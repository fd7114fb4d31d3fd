using System.CommandLine;
using Diarizer.Service.Commands;

return await CommandLine.InvokeAsync(
    new RootCommand("Listens to rooms and says, live, who speaks when.")
    {
        RunCommand.Create(),
        FileCommand.Create(),
        LabelCommand.Create(),
        EnrollCommand.Create(),
        SpeakersCommand.Create(),
        ForgetCommand.Create(),
        ExportCommand.Create(),
        KeyCommand.Create(),
        ScoreCommand.Create(),
        TuneCommand.Create(),
        VadCommand.Create(),
        DevicesCommand.Create(),
    },
    args);
