using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

public class LinearAssignmentTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    [InlineData(6, 2)]
    public void Finds_what_trying_everything_finds(int rows, int columns)
    {
        var random = new Random((rows * 10) + columns);
        for (var trial = 0; trial < 50; trial++)
        {
            var cost = new double[rows, columns];
            for (var i = 0; i < rows * columns; i++)
                cost[i / columns, i % columns] = random.Next(-20, 20);
            var found = LinearAssignment.Minimize(cost);
            Assert.Equal(Math.Min(rows, columns), found.Where(c => c >= 0).Distinct().Count());
            Assert.Equal(Cheapest(cost, 0, 0, rows > columns ? rows - columns : 0), found.Select((c, r) => c < 0 ? 0 : cost[r, c]).Sum());
        }
    }

    [Fact]
    public void Nothing_to_pair_pairs_nothing()
    {
        Assert.Equal([-1, -1], LinearAssignment.Maximize(new double[2, 0]));
        Assert.Empty(LinearAssignment.Minimize(new double[0, 3]));
    }

    private static double Cheapest(double[,] cost, int row, int used, int skips)
    {
        if (row == cost.GetLength(0))
            return 0;
        var best = skips > 0 ? Cheapest(cost, row + 1, used, skips - 1) : double.PositiveInfinity;
        for (var c = 0; c < cost.GetLength(1); c++)
        {
            if ((used & (1 << c)) == 0)
                best = Math.Min(best, cost[row, c] + Cheapest(cost, row + 1, used | (1 << c), skips));
        }

        return best;
    }
}
