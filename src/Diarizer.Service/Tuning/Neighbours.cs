namespace Diarizer.Service.Tuning;

/// <summary>
/// Settings a little beside others. All candidates are moved by the same amounts, so that the difference between two owes less to chance.
/// </summary>
/// <param name="space">What is moved.</param>
/// <param name="count">How many there are for each candidate.</param>
/// <param name="seed">Decides by how much.</param>
internal sealed class Neighbours(SearchSpace space, int count, int seed)
{
    /// <summary>Farthest that a value is moved, as a part of its range.</summary>
    private const double Reach = 0.03;

    // Moves that leave the options' bounds are made smaller this often before they are given up.
    private const int Attempts = 8;

    /// <summary>How many there are for each candidate.</summary>
    public int Count => count;

    /// <summary>The candidate itself for 0, then its neighbours from 1 on.</summary>
    public Candidate Of(Candidate candidate, int index)
    {
        if (index == 0)
            return candidate;
        var reach = Reach;
        for (var attempt = 0; attempt < Attempts; attempt++, reach /= 2)
        {
            var random = new Random(unchecked((seed * 31) + index));
            var moved = candidate;
            foreach (var parameter in space.Parameters)
            {
                var part = reach * ((2 * random.NextDouble()) - 1);
                if (parameter.IsContinuous)
                    moved = moved.With(parameter.Path, parameter.Shift(parameter.Path.Get(candidate.Options), part));
            }

            if (moved.Options.Validate().Count == 0)
                return moved;
        }

        return candidate;
    }
}
