using Diarizer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Losses;

/// <summary>The example of reference/losses.py.</summary>
internal static class LossExample
{
    /// <summary>24 numbers, shaped as embeddings [3, 2, 4] or [2, 3, 4].</summary>
    public static float[] X { get; } = [.. Enumerable.Range(0, 24).Select(i => (float)Math.Sin(1.0 + 0.7 * i))];

    /// <summary>Centres or weights [5, 4].</summary>
    public static float[] W { get; } = [.. Enumerable.Range(0, 20).Select(i => (float)Math.Cos(0.3 + 1.1 * i))];

    public static float[] Bias { get; } = [0, 0.1f, 0.2f, 0.3f, 0.4f];

    /// <summary>The loss of the embeddings [24 / M / 4, M, 4], times a factor.</summary>
    public static double Value(SpeakerLoss loss, int m = 2, double factor = 1)
    {
        using var scope = NewDisposeScope();
        long n = 6 / m;
        return loss.call(tensor(X).reshape(n, m, 4) * factor, Classes(n)).item<float>();
    }

    public static Tensor Classes(long n) => tensor(new long[] { 4, 0, 2 }).narrow(0, 0, n);

    /// <summary>Sets parameters by name.</summary>
    public static T With<T>(T loss, params (string Name, float[] Values)[] parameters)
        where T : SpeakerLoss
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var state = loss.state_dict();
        foreach (var (name, values) in parameters)
            state[name].copy_(tensor(values).reshape(state[name].shape));
        return loss;
    }
}
