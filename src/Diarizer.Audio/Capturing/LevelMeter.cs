namespace Diarizer.Audio.Capturing;

/// <summary>Mean square with a memory of 0.3 s. Written by one thread, read by any.</summary>
internal sealed class LevelMeter
{
    private const double Memory = 0.3 * SampleClock.Rate;
    private const double Floor = 1e-12;

    private double _meanSquare;

    /// <summary>RMS relative to full scale, in dB, at least -120.</summary>
    public double Dbfs => 10 * Math.Log10(Math.Max(Floor, Volatile.Read(ref _meanSquare)));

    public void Add(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty) return;
        var sum = 0.0;
        foreach (var sample in samples) sum += (double)sample * sample;
        var keep = Math.Exp(-samples.Length / Memory);
        Volatile.Write(ref _meanSquare, keep * _meanSquare + (1 - keep) * (sum / samples.Length));
    }

    /// <summary>Nothing is heard during a gap.</summary>
    public void Silence(long samples) => Volatile.Write(ref _meanSquare, _meanSquare * Math.Exp(-samples / Memory));
}
