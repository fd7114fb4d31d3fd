using System.CommandLine;

namespace Diarizer.Training.Commands;

/// <summary>Runs a command: a user's mistake becomes one sentence on the error output and exit code 2.</summary>
internal static class CommandLineProgram
{
    private const int UserErrorCode = 2;

    public static async Task<int> Run(RootCommand root, string[] arguments)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(parsed.Errors[0].Message);
            return UserErrorCode;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return UserErrorCode;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"A file cannot be read or written: {error.Message.TrimEnd('.')}; check the free space and the permissions.");
            return UserErrorCode;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }
}
