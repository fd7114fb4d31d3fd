using System.Threading.Tasks.Sources;

namespace Diarizer.Service.Embedding;

/// <summary>One stream's place in the embedding queue, used again for each window: a stream has at most one window under way.</summary>
internal sealed class PendingEmbedding : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _completion = new() { RunContinuationsAsynchronously = true };

    /// <summary>The audio to embed; valid until completion.</summary>
    public ReadOnlyMemory<float> Window { get; private set; }

    private Memory<float> Destination { get; set; }

    public ValueTask Begin(ReadOnlyMemory<float> window, Memory<float> destination)
    {
        _completion.Reset();
        (Window, Destination) = (window, destination);
        return new ValueTask(this, _completion.Version);
    }

    public void Complete(ReadOnlySpan<float> embedding)
    {
        embedding.CopyTo(Destination.Span);
        _completion.SetResult(true);
    }

    public void Fail(Exception error) => _completion.SetException(error);

    void IValueTaskSource.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
