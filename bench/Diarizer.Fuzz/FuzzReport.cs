namespace Diarizer.Fuzz;

/// <summary>What came of fuzzing one target.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Executions">Inputs that were read.</param>
/// <param name="Accepted">Those that were not refused.</param>
/// <param name="Outcomes">Different outcomes, refusals and their reasons included.</param>
/// <param name="Slowest">The longest execution, in time of the processor.</param>
/// <param name="Greediest">The most bytes that one execution allocated.</param>
/// <param name="Growth">Bytes by which the heap grew from the middle to the end.</param>
/// <param name="ProcessGrowth">The same for the resident memory of the process.</param>
/// <param name="Findings">What went wrong; empty when all is well.</param>
public sealed record FuzzReport(
    string Target, long Executions, long Accepted, int Outcomes, TimeSpan Slowest, long Greediest, long Growth, long ProcessGrowth, IReadOnlyList<Finding> Findings);

/// <summary>An input that broke a promise.</summary>
/// <param name="Input">The input.</param>
/// <param name="What">What it did.</param>
public sealed record Finding(byte[] Input, string What);
