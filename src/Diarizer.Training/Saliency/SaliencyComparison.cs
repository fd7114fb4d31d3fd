using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>Runs several methods over the same utterances.</summary>
/// <param name="tests">For each method, the test that it goes through.</param>
/// <param name="magnitude">Ranks bins by the magnitude of their values instead of the values.</param>
internal sealed class SaliencyComparison(SpeakerScores scores, IReadOnlyList<(ISaliencyMethod Method, PerturbationTest Test)> tests, bool magnitude)
{
    private readonly double[] _seconds = new double[tests.Count], _gaps = new double[tests.Count];
    private long _utterances;

    /// <summary>Explains a batch by every method and tests the maps.</summary>
    /// <param name="pictures">Examples from the start of the batch whose maps are wanted.</param>
    /// <returns>Those maps, by example and method: row-major [bins, frames].</returns>
    public IReadOnlyList<IReadOnlyList<float[]>> Add(SaliencyBatch batch, int pictures)
    {
        var wanted = Enumerable.Range(0, pictures).Select(_ => new List<float[]>()).ToList();
        for (int i = 0; i < tests.Count; i++)
        {
            using var scope = NewDisposeScope();
            var (method, test) = tests[i];
            long start = Stopwatch.GetTimestamp();
            var map = method.Explain(scores, batch);
            _seconds[i] += Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (method is IntegratedGradients integrated)
                _gaps[i] += integrated.Gap(scores, batch, map).sum().item<float>();
            test.Add(batch, magnitude ? map.abs() : map);
            for (int k = 0; k < pictures; k++)
                wanted[k].Add(MemoryMarshal.Cast<byte, float>(map.select(0, k).cpu().contiguous().bytes).ToArray());
        }
        _utterances += batch.Features.shape[0];
        return wanted;
    }

    public IReadOnlyList<MethodReport> Reports() => [.. tests.Select((t, i) => new MethodReport(
        t.Test.Result(t.Method.Name), _seconds[i] / _utterances, t.Method is IntegratedGradients ? _gaps[i] / _utterances : null))];
}
