using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>
/// Cumulative sums (Page 1954) of how much better each alternative explains the windows than the turn's speaker does. A sum that falls to zero
/// starts again, so the window where it last left zero estimates where the alternative began.
/// </summary>
internal sealed class ChangeEvidence
{
    private readonly Dictionary<SpeakerModel, Sum> _sums = [];
    private Sum _nobody = Sum.Zero;

    /// <summary>True when no alternative has any evidence.</summary>
    public bool IsClear => !_nobody.IsPositive && _sums.Values.All(s => !s.IsPositive);

    public void Clear()
    {
        _sums.Clear();
        _nobody = Sum.Zero;
    }

    /// <summary>A speaker is no more.</summary>
    public void Forget(SpeakerModel speaker) => _sums.Remove(speaker);

    /// <summary>Adds one window's advantage of <paramref name="speaker"/>; null stands for somebody not yet known.</summary>
    public Sum Add(SpeakerModel? speaker, double advantage, Observation observation)
    {
        var sum = (speaker is null ? _nobody : _sums.GetValueOrDefault(speaker, Sum.Zero)).Plus(advantage, observation);
        if (speaker is null)
            _nobody = sum;
        else
            _sums[speaker] = sum;
        return sum;
    }

    /// <summary>Evidence and the window since which it lasts.</summary>
    internal readonly record struct Sum(double Value, Observation? Since)
    {
        public static Sum Zero => new(0, null);

        public bool IsPositive => Value > 0;

        public Sum Plus(double advantage, Observation observation)
        {
            var value = Value + advantage;
            return value <= 0 ? Zero : new Sum(value, Since ?? observation);
        }
    }
}
