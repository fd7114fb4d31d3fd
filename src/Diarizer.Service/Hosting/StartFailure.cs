using Diarizer.Service.Options;

namespace Diarizer.Service.Hosting;

/// <summary>Makes one exception of everything that went wrong at the start.</summary>
internal static class StartFailure
{
    /// <summary>A fault of the program wins; otherwise all that the user can mend, told at once.</summary>
    public static Exception Of(IReadOnlyList<Task> tasks)
    {
        var errors = tasks.Where(t => t.IsFaulted).Select(t => t.Exception!.GetBaseException()).ToList();
        if (errors.FirstOrDefault(e => e is not UserErrorException) is { } fault)
            return fault;
        return errors.Count > 0 ? new InvalidOptionsException([.. errors.Select(e => e.Message).Distinct()]) : new OperationCanceledException();
    }
}
