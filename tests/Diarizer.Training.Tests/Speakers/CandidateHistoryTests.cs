using Diarizer.Training.Loops;
using Diarizer.Training.Speakers;

namespace Diarizer.Training.Tests.Speakers;

public class CandidateHistoryTests
{
    [Fact]
    public void NewestTablesStay()
    {
        using var history = Filled(steps: 5);
        Assert.Equal([30, 31, 40, 41, 20, 21], history.Classes());
        Assert.Equal([new(3, 1, 31), new(4, 0, 40), new(2, 1, 21)], new[] { 1, 2, 5 }.Select(history.Reference));
        Assert.Equal([3, 3.5f, -3, 0, 4, 4.5f], history.Embeddings[..6].ToArray());
    }

    [Fact]
    public void EmptyRowsHaveNoClass()
    {
        using var history = Filled(steps: 1);
        Assert.Equal([0, 1, -1, -1, -1, -1], history.Classes());
    }

    [Fact]
    public void TablesAreSavedAndReadAgain()
    {
        using var folder = new TemporaryFolder();
        using var history = Filled(steps: 4);
        using var restored = new CandidateHistory(3, 2, 2);
        TensorBag.Save(folder["history"], history);
        TensorBag.Load(folder["history"], restored);
        Assert.Equal(history.Classes(), restored.Classes());
        Assert.Equal(history.Embeddings.ToArray(), restored.Embeddings.ToArray());
        Assert.Equal(history.Reference(5), restored.Reference(5));
    }

    private static CandidateHistory Filled(int steps)
    {
        var history = new CandidateHistory(tables: 3, rows: 2, dimension: 2);
        for (int step = 0; step < steps; step++)
            history.Add(step, [step, step + 0.5f, -step, 0], [10 * step, 10 * step + 1]);
        return history;
    }
}
