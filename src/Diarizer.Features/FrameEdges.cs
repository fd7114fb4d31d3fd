using System.Text.Json.Serialization;

namespace Diarizer.Features;

/// <summary>What a front end does at the ends of a recording.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FrameEdges>))]
public enum FrameEdges
{
    /// <summary>Frames are whole windows of samples ("snip edges"): frame i begins at sample hop·i. The only choice for streams.</summary>
    Inside,

    /// <summary>Frame i is centred on sample hop·i; beyond the ends the recording is mirrored, as torchaudio does.</summary>
    Mirrored,

    /// <summary>Frame i is centred on sample hop·i; beyond the ends is silence, as in SpeechBrain.</summary>
    Silent,
}
