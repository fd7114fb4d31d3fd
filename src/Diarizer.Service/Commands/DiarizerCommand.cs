using System.CommandLine;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer</c>: all that can be asked of the program. The manual pages in <c>packaging/man</c> are made from it.</summary>
internal static class DiarizerCommand
{
    public static RootCommand Create() => new("Listens to rooms and says, live, who speaks when.")
    {
        RunCommand.Create(),
        StatusCommand.Create(),
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
    };
}
