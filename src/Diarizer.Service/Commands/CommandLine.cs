using System.CommandLine;
using Diarizer.Service.Options;

namespace Diarizer.Service.Commands;

/// <summary>Runs a command and turns what goes wrong into one sentence and an exit code.</summary>
internal static class CommandLine
{
    // The daemon ends its turns and says goodbye within 2 s of a signal; the rest is for a machine under load.
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>Parses <paramref name="args"/> and runs what they ask for.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in ParseProblems.Of(parsed))
                Complain(problem);
            return ExitCode.UserError;
        }

        try
        {
            return await parsed.InvokeAsync(Invocation);
        }
        catch (Exception error)
        {
            return Report(error);
        }
    }

    /// <summary>Prints one problem to standard error.</summary>
    public static void Complain(string sentence) => Console.Error.WriteLine($"diarizer: {sentence}");

    private static int Report(Exception error)
    {
        switch (error)
        {
            case AggregateException { InnerExceptions.Count: 1 } wrapped:
                return Report(wrapped.InnerException!);
            case InvalidOptionsException options:
                foreach (var problem in options.Problems)
                    Complain(problem);
                return ExitCode.UserError;
            case UserErrorException:
                Complain(error.Message);
                return ExitCode.UserError;
            case OperationCanceledException:
                return ExitCode.Interrupted;
            default:
                Complain($"this is a fault of the program, please report it: {error}");
                return ExitCode.Fault;
        }
    }
}
