namespace Diarizer.Service.Options;

/// <summary>The configuration has faults; all of them are told at once.</summary>
public sealed class InvalidOptionsException(IReadOnlyList<string> problems) : UserErrorException(string.Join(Environment.NewLine, problems))
{
    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
