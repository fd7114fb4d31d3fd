namespace Diarizer.Training.Evaluation;

/// <summary>
/// Fuses models by logistic regression on development trials (Brümmer et al. 2007): the fused score is the logarithm of the likelihood ratio of same and different speakers, as well as
/// the scores allow it. Minimises P/N_t Σ log(1 + e^-(z + logit P)) + (1 - P)/N_n Σ log(1 + e^(z + logit P)) by Newton's method.
/// </summary>
internal static class LogisticFusion
{
    /// <summary>Keeps the weights finite where the development trials can be told apart without error.</summary>
    private const double Ridge = 1e-6;

    private const int MostSteps = 100;
    private const double Converged = 1e-12;

    /// <param name="models">Each model's scores of the same development trials.</param>
    /// <param name="prior">P, the prior probability of a target that the fusion is best at, between 0 and 1.</param>
    public static LinearFusion Fit(IReadOnlyList<ScoredTrials> models, double prior)
    {
        ScoreScale[] scales = [.. models.Select(ScoreScale.Of)];
        double[][] rows = [.. Rows(models, scales, m => m.Targets), .. Rows(models, scales, m => m.Others)];
        var problem = new Problem(rows, models[0].Targets.Length, prior);
        double[] best = new double[models.Count + 1];
        double least = problem.Cost(best);
        for (int i = 0; i < MostSteps; i++)
        {
            double[] step = problem.NewtonStep(best), next;
            double share = 1, cost;
            do
            {
                next = [.. best.Zip(step, (b, s) => b - share * s)];
                cost = problem.Cost(next);
                share /= 2;
            }
            while (cost > least && share > Converged);
            if (!(cost < least - Converged))
                break;
            (best, least) = (next, cost);
        }
        double[] weights = [.. scales.Select((s, m) => best[m] / s.Deviation)];
        return new LinearFusion(weights, best[^1] - scales.Select((s, m) => weights[m] * s.Mean).Sum());
    }

    /// <summary>A row for each trial: its normalised scores and a 1 for the offset.</summary>
    private static IEnumerable<double[]> Rows(IReadOnlyList<ScoredTrials> models, ScoreScale[] scales, Func<ScoredTrials, float[]> kind) =>
        Enumerable.Range(0, kind(models[0]).Length).Select(i => (double[])[.. models.Select((m, at) => (kind(m)[i] - scales[at].Mean) / scales[at].Deviation), 1]);

    private sealed class Problem(double[][] rows, int targets, double prior)
    {
        private readonly double _shift = Math.Log(prior / (1 - prior));

        public double Cost(double[] weights)
        {
            double cost = Ridge / 2 * weights.Sum(w => w * w);
            for (int i = 0; i < rows.Length; i++)
            {
                double z = Margin(rows[i], weights, i < targets);
                cost += Share(i) * (Math.Max(0, -z) + Math.Log(1 + Math.Exp(-Math.Abs(z))));
            }
            return cost;
        }

        public double[] NewtonStep(double[] weights)
        {
            int size = weights.Length;
            double[] gradient = [.. weights.Select(w => Ridge * w)];
            double[,] hessian = new double[size, size];
            for (int a = 0; a < size; a++)
                hessian[a, a] = Ridge;
            for (int i = 0; i < rows.Length; i++)
            {
                double wrong = 1 / (1 + Math.Exp(Margin(rows[i], weights, i < targets)));
                double slope = Share(i) * wrong * (i < targets ? -1 : 1), bend = Share(i) * wrong * (1 - wrong);
                for (int a = 0; a < size; a++)
                {
                    gradient[a] += slope * rows[i][a];
                    for (int b = 0; b < size; b++)
                        hessian[a, b] += bend * rows[i][a] * rows[i][b];
                }
            }
            return Solve(hessian, gradient);
        }

        /// <summary>The log odds of the right decision.</summary>
        private double Margin(double[] row, double[] weights, bool target)
        {
            double z = _shift;
            for (int a = 0; a < row.Length; a++)
                z += row[a] * weights[a];
            return target ? z : -z;
        }

        private double Share(int trial) => trial < targets ? prior / targets : (1 - prior) / (rows.Length - targets);

        /// <summary>Gaussian elimination; the matrix is positive definite, so that it needs no pivots.</summary>
        private static double[] Solve(double[,] matrix, double[] right)
        {
            int size = right.Length;
            double[] x = [.. right];
            for (int pivot = 0; pivot < size; pivot++)
            {
                for (int row = pivot + 1; row < size; row++)
                {
                    double factor = matrix[row, pivot] / matrix[pivot, pivot];
                    for (int column = pivot; column < size; column++)
                        matrix[row, column] -= factor * matrix[pivot, column];
                    x[row] -= factor * x[pivot];
                }
            }
            for (int row = size - 1; row >= 0; row--)
            {
                for (int column = row + 1; column < size; column++)
                    x[row] -= matrix[row, column] * x[column];
                x[row] /= matrix[row, row];
            }
            return x;
        }
    }
}
