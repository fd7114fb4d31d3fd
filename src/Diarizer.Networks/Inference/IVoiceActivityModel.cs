namespace Diarizer.Networks.Inference;

/// <summary>A loaded voice activity network; makes one detector a stream.</summary>
public interface IVoiceActivityModel : IDisposable
{
    /// <summary>A detector with fresh state. Detectors of one model may run on different threads.</summary>
    IVoiceActivityDetector CreateDetector();
}
