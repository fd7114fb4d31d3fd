namespace Diarizer.Service.Tests.Fuzz;

/// <summary>Tests that measure what the whole process allocates: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAloneCollection
{
    public const string Name = "measured alone";
}
