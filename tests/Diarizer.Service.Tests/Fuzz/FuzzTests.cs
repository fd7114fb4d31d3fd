using Diarizer.Fuzz;
using Diarizer.Fuzz.Targets;

namespace Diarizer.Service.Tests.Fuzz;

/// <summary>A little of what <c>./bench.sh fuzz</c> does a million times.</summary>
[Collection(MeasuredAloneCollection.Name)]
public class FuzzTests
{
    private const int Executions = 2000;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_crashes_hangs_grows_or_is_refused_without_a_reason(string name)
    {
        using var target = FuzzTargets.Create(name);
        var report = new Fuzzer(target, seed: 7).Run(Executions, input => Environment.FailFast($"{name} hangs on {Convert.ToBase64String(input)}"));
        Assert.Empty(report.Findings.Select(f => $"{f.What}: {Convert.ToBase64String(f.Input)}"));
        Assert.Equal(Executions, report.Executions);
        // Inputs that are all refused at the door would test the door alone.
        Assert.InRange(report.Accepted, Executions / 100, Executions);
    }

    [Theory]
    [InlineData("crash", "InvalidOperationException")]
    [InlineData("mute", "without a reason")]
    [InlineData("noise", "control characters")]
    [InlineData("greed", "allocate")]
    [InlineData("leak", "grew")]
    public void What_is_looked_for_is_found(string vice, string finding)
    {
        using var target = new BadTarget(vice);
        var report = new Fuzzer(target, seed: 1).Run(200, _ => { });
        Assert.Contains(report.Findings, f => f.What.Contains(finding, StringComparison.Ordinal));
    }

    private sealed class BadTarget(string vice) : IFuzzTarget
    {
        private readonly List<byte[]> _kept = [];

        public string Name => vice;

        public IReadOnlyList<byte[]> Seeds { get; } = ["{}"u8.ToArray()];

        public IReadOnlyList<string> Words => [];

        public string Read(byte[] input) => vice switch
        {
            "crash" => throw new InvalidOperationException("once"),
            "mute" => throw new UserErrorException(" "),
            "noise" => throw new UserErrorException("It holds \u0007."),
            "greed" => $"{new byte[100 << 20].Length}",
            _ => Keep(),
        };

        public void Dispose() => _kept.Clear();

        private string Keep()
        {
            _kept.Add(new byte[1 << 20]);
            return "";
        }
    }
}
