using System.Text.Json.Serialization;

namespace Diarizer.Features;

/// <summary>How the triangular filters of a mel filter bank, equally spaced on the mel scale, rise and fall.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FilterShape>))]
public enum FilterShape
{
    /// <summary>Straight over hertz from each centre to its neighbours, as in HTK and torchaudio.</summary>
    Hertz,

    /// <summary>Straight over mel, as in Kaldi.</summary>
    Mel,

    /// <summary>Straight over hertz, to both sides as wide as from the lower neighbour to the centre, as in SpeechBrain.</summary>
    Symmetric,
}
