namespace Diarizer.Fuzz;

/// <summary>
/// Inputs to change: the seeds and accepted ones, and refused ones, as far as they led somewhere new. Bounded, as nothing may grow here either.
/// </summary>
internal sealed class Corpus
{
    private const int Largest = 200;
    private const int MostOutcomes = 20_000;

    private readonly List<byte[]> _accepted;
    private readonly List<byte[]> _refused = [];
    private readonly int _seeds;
    private readonly HashSet<string> _outcomes = [];
    private readonly Random _random;

    public Corpus(IReadOnlyList<byte[]> seeds, Random random)
    {
        (_accepted, _seeds, _random) = ([.. seeds], seeds.Count, random);
    }

    /// <summary>Different outcomes that were seen.</summary>
    public int Outcomes => _outcomes.Count;

    public byte[] Draw()
    {
        var inputs = _refused.Count > 0 && _random.Next(3) == 0 ? _refused : _accepted;
        return inputs[_random.Next(inputs.Count)];
    }

    /// <summary>Keeps an input whose outcome is new.</summary>
    public void Note(byte[] input, string outcome, bool isAccepted)
    {
        if (_outcomes.Count >= MostOutcomes || !_outcomes.Add(outcome))
            return;
        var (inputs, kept) = isAccepted ? (_accepted, _seeds) : (_refused, 0);
        if (inputs.Count < Largest)
            inputs.Add(input);
        else
            inputs[_random.Next(kept, inputs.Count)] = input;
    }
}
