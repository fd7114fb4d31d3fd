namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>Tests that start processes run one after another: they measure times and share a small machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExecutableCollection
{
    public const string Name = "executable";
}
