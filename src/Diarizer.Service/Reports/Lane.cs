namespace Diarizer.Service.Reports;

/// <summary>What a lane of a timeline shows.</summary>
internal enum LaneRole
{
    Reference,
    Hypothesis,
    Errors,
}

/// <summary>One line of a timeline.</summary>
/// <param name="Role">What it shows.</param>
/// <param name="Name">Of the speaker or the error.</param>
/// <param name="Remark">What is said beside the name; may be empty.</param>
/// <param name="Parts">What is drawn, the first beneath the others.</param>
internal sealed record Lane(LaneRole Role, string Name, string Remark, IReadOnlyList<LanePart> Parts);
