namespace Diarizer.Fuzz;

/// <summary>
/// Feeds changed inputs to a target, with the same seed always the same ones. Looks for crashes, hangs, memory that grows or that a small input claims, and
/// refusals without a usable reason.
/// </summary>
/// <param name="target">What reads the inputs.</param>
/// <param name="seed">Of the random numbers.</param>
public sealed class Fuzzer(IFuzzTarget target, int seed)
{
    private const int LongestInput = 16 << 10;
    private const int MostFindings = 10;

    /// <summary>Bytes that an execution may allocate whatever its input, and beside that for each byte of the input.</summary>
    private const long Allowance = 8 << 20;
    private const long AllowanceOfByte = 4096;

    /// <summary>Bytes by which the heap may grow while the second half is read: what the runtime itself and the corpus need.</summary>
    private const long GrowthAllowed = 16 << 20;

    /// <summary>The same for the resident memory of the process, which libraries outside the runtime take from.</summary>
    private const long ProcessGrowthAllowed = 64 << 20;

    private readonly Random _random = new(seed);
    private readonly List<Finding> _findings = [];
    private long _accepted;
    private long _greediest;
    private TimeSpan _slowest;

    /// <summary>Reads so many inputs.</summary>
    /// <param name="executions">How many.</param>
    /// <param name="hangs">Told of an input that takes longer than any should; it is still being read then.</param>
    public FuzzReport Run(long executions, Action<byte[]> hangs)
    {
        var corpus = new Corpus(target.Seeds, _random);
        var mutator = new Mutator(_random, target.Words, LongestInput);
        var json = new JsonMutator(_random, target.Words);
        using var watchdog = new Watchdog(hangs);
        long done = 0;
        (long Heap, long Process) middle = default, growth = default;
        foreach (var seeded in target.Seeds.Take((int)Math.Min(executions, int.MaxValue)))
            Execute(seeded, corpus, watchdog, ref done);
        while (done < executions && _findings.Count < MostFindings)
        {
            var changed = target.IsJson && _random.Next(2) == 0 ? json.Change(corpus.Draw()) : null;
            Execute(changed is { Length: <= LongestInput } ? changed : mutator.Change(corpus.Draw(), corpus.Draw()), corpus, watchdog, ref done);
            if (done == executions / 2)
                middle = Memory();
        }

        if (middle != default)
            growth = (Memory().Heap - middle.Heap, Memory().Process - middle.Process);
        if (growth.Heap > GrowthAllowed || growth.Process > ProcessGrowthAllowed)
            _findings.Add(new([], $"the heap grew by {growth.Heap >> 20} MiB, the process by {growth.Process >> 20} MiB"));
        return new(target.Name, done, _accepted, corpus.Outcomes, _slowest, _greediest, growth.Heap, growth.Process, _findings);
    }

    private static (long Heap, long Process) Memory() => (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);

    private void Execute(byte[] input, Corpus corpus, Watchdog watchdog, ref long done)
    {
        var before = GC.GetTotalAllocatedBytes();
        watchdog.Begin(input);
        var accepted = _accepted;
        var outcome = Read(input);
        var took = watchdog.End();
        var allocated = GC.GetTotalAllocatedBytes() - before;
        _slowest = took > _slowest ? took : _slowest;
        _greediest = Math.Max(_greediest, allocated);
        if (allocated > Allowance + AllowanceOfByte * input.Length)
            _findings.Add(new(input, $"{input.Length} bytes of input made it allocate {allocated >> 20} MiB"));
        corpus.Note(input, outcome, _accepted > accepted);
        done++;
    }

    private string Read(byte[] input)
    {
        try
        {
            var outcome = target.Read(input);
            _accepted++;
            return "accepted: " + outcome;
        }
        catch (UserErrorException refusal)
        {
            return CheckReason(refusal, input);
        }
        catch (Exception fault)
        {
            _findings.Add(new(input, fault is FuzzException ? fault.Message : $"{fault.GetType().Name}: {fault.Message} {Place(fault)}"));
            return "fault: " + fault.GetType().Name;
        }
    }

    private string CheckReason(UserErrorException refusal, byte[] input)
    {
        try
        {
            return "refused: " + Reason.Kind(Reason.Check(refusal.Message));
        }
        catch (FuzzException broken)
        {
            _findings.Add(new(input, $"{broken.Message}: {refusal.Message[..Math.Min(refusal.Message.Length, 200)]}"));
            return "fault: reason";
        }
    }

    private static string Place(Exception fault) => fault.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Diarizer.", StringComparison.Ordinal))?.Trim() ?? "";
}
