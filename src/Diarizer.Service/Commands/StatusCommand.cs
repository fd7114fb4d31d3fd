using System.CommandLine;
using System.Text.Json;
using Diarizer.Service.Health;
using Diarizer.Service.Options;
using Diarizer.Service.Output;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer status</c>: how the running daemon is doing.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Where the daemon serves HTTP (default: what the configuration says).", HelpName = "URL" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("status", "Says how the running daemon is doing: rooms, broker, and what does not work.") { url, json, SharedOptions.Config };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = OptionsLoader.LoadForCommand(parsed.GetValue(SharedOptions.Config));
            using var client = StatusClient.For(options.Web, parsed.GetValue(url));
            var answer = await client.AskAsync(cancel);
            if (answer.Status is { } status)
                Print(status, parsed.GetValue(json));
            else
                CommandLine.Complain(answer.Sentence!);
            return answer.IsRunning ? answer.IsReady ? ExitCode.Success : ExitCode.NotReady : ExitCode.NotRunning;
        });
        return command;
    }

    private static void Print(NodeStatus status, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.NodeStatus));
        else
            StatusTable.Write(Console.Out, status);
    }
}
