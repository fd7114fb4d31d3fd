using System.Text.Json.Serialization;

namespace Diarizer.Features;

/// <summary>The window under which a frame is transformed; N samples long.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowShape>))]
public enum WindowShape
{
    /// <summary>0.54 - 0.46 cos(2πn/N), periodic: the default of torchaudio's and SpeechBrain's Hamming window.</summary>
    Hamming,

    /// <summary>0.54 - 0.46 cos(2πn/(N-1)), symmetric: Kaldi's Hamming window.</summary>
    SymmetricHamming,

    /// <summary>0.5 - 0.5 cos(2πn/N), periodic: the default window of torchaudio.</summary>
    Hann,
}
