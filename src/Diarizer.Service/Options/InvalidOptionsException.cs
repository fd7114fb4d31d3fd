namespace Diarizer.Service.Options;

/// <summary>The configuration has faults; all of them are told at once.</summary>
public sealed class InvalidOptionsException(IReadOnlyList<string> problems) : UserErrorException(string.Join(Environment.NewLine, problems.Select(p => ForeignText.Clip(p, LongestProblem))))
{
    private const int LongestProblem = 500;

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
