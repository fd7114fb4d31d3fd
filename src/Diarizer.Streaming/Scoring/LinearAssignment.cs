namespace Diarizer.Streaming.Scoring;

/// <summary>The assignment problem: shortest augmenting paths with potentials (Kuhn 1955, Jonker and Volgenant 1987), O(n³).</summary>
public static class LinearAssignment
{
    /// <summary>Pairs rows with columns, each at most once and as many as there are, at the least total cost.</summary>
    /// <param name="cost">Finite costs [rows, columns]; any shape.</param>
    /// <returns>The column of each row; -1 for a row without one.</returns>
    public static int[] Minimize(double[,] cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var rows = cost.GetLength(0);
        var columns = cost.GetLength(1);
        if (rows <= columns)
            return Solve(rows, columns, (r, c) => cost[r, c]);

        var rowOfColumn = Solve(columns, rows, (c, r) => cost[r, c]);
        var result = new int[rows];
        Array.Fill(result, -1);
        for (var c = 0; c < columns; c++)
            result[rowOfColumn[c]] = c;
        return result;
    }

    /// <summary>As <see cref="Minimize"/>, at the greatest total gain.</summary>
    public static int[] Maximize(double[,] gain)
    {
        ArgumentNullException.ThrowIfNull(gain);
        var cost = new double[gain.GetLength(0), gain.GetLength(1)];
        for (var r = 0; r < cost.GetLength(0); r++)
        {
            for (var c = 0; c < cost.GetLength(1); c++)
                cost[r, c] = -gain[r, c];
        }

        return Minimize(cost);
    }

    // Rows and columns count from 1; column 0 holds the row being placed.
    private static int[] Solve(int rows, int columns, Func<int, int, double> cost)
    {
        var rowPotential = new double[rows + 1];
        var columnPotential = new double[columns + 1];
        var rowOf = new int[columns + 1];
        for (var row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            Augment(rowOf, rowPotential, columnPotential, cost);
        }

        var result = new int[rows];
        for (var c = 1; c <= columns; c++)
        {
            if (rowOf[c] > 0)
                result[rowOf[c] - 1] = c - 1;
        }

        return result;
    }

    private static void Augment(int[] rowOf, double[] rowPotential, double[] columnPotential, Func<int, int, double> cost)
    {
        var columns = rowOf.Length - 1;
        var shortest = new double[columns + 1];
        Array.Fill(shortest, double.PositiveInfinity);
        var previous = new int[columns + 1];
        var done = new bool[columns + 1];
        var column = 0;
        do
        {
            done[column] = true;
            var row = rowOf[column];
            var next = 0;
            var step = double.PositiveInfinity;
            for (var c = 1; c <= columns; c++)
            {
                if (done[c])
                    continue;
                var reduced = cost(row - 1, c - 1) - rowPotential[row] - columnPotential[c];
                if (reduced < shortest[c])
                    (shortest[c], previous[c]) = (reduced, column);
                if (shortest[c] < step)
                    (step, next) = (shortest[c], c);
            }

            for (var c = 0; c <= columns; c++)
            {
                if (done[c])
                {
                    rowPotential[rowOf[c]] += step;
                    columnPotential[c] -= step;
                }
                else
                {
                    shortest[c] -= step;
                }
            }

            column = next;
        }
        while (rowOf[column] != 0);

        while (column != 0)
        {
            rowOf[column] = rowOf[previous[column]];
            column = previous[column];
        }
    }
}
