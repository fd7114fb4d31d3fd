using Diarizer.Networks.Inference;

namespace Diarizer.Streaming.Tests.Fakes;

/// <summary>Calls every sample that is not zero speech; works in blocks of 512 samples with 1,024 of look-ahead, as a real network might.</summary>
internal sealed class LevelDetector(float speechProbability = 0.95f) : IVoiceActivityDetector
{
    private const int Block = 512;
    private const int LookAhead = 1024;

    private long _taken;
    private long _known;
    private int _loud;
    private readonly Queue<float> _frames = new(64);

    public int LatencySamples => Block + LookAhead;

    public void Push(ReadOnlySpan<float> samples, List<float> probabilities)
    {
        // Frames are 160 samples long, blocks 512: 32 divides both, so whole strides are looked at by their first sample.
        for (var i = 0; i < samples.Length;)
        {
            var stride = (int)Math.Min(32 - (_taken % 32), samples.Length - i);
            if (_taken % 32 == 0 && samples[i] != 0)
                _loud += 32;
            i += stride;
            _taken += stride;
            if (_taken % 160 == 0)
            {
                _frames.Enqueue(_loud > 80 ? speechProbability : 0.02f);
                _loud = 0;
            }

            if (_taken % Block == 0)
                Release(_taken - LookAhead, probabilities);
        }
    }

    public void Finish(List<float> probabilities) => Release(long.MaxValue - 160, probabilities);

    public void Reset()
    {
        _taken = _known = _loud = 0;
        _frames.Clear();
    }

    public void Dispose()
    {
    }

    private void Release(long until, List<float> probabilities)
    {
        while (_frames.Count > 0 && _known + 160 <= until)
        {
            probabilities.Add(_frames.Dequeue());
            _known += 160;
        }
    }
}
