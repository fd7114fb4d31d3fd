using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.VoiceActivity;

namespace Diarizer.Networks.Inference;

/// <summary>A voice activity network ready to run; it always runs on the CPU, where it takes about a thousandth of a core a stream.</summary>
public sealed class VoiceActivityModel : IVoiceActivityModel
{
    private readonly LogMel _logMel;
    private readonly VadWeights _weights;

    /// <summary>Takes a copy of a network's weights as they are now.</summary>
    /// <exception cref="UserErrorException">The front end does not give frames every 10 ms at 16 kHz, or not the bands that the network takes.</exception>
    public VoiceActivityModel(VadNetwork network, LogMelOptions frontEnd)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(frontEnd);
        FrameGrid.Require(frontEnd, network.Options.MelBins, "voice activity");
        _logMel = new LogMel(frontEnd);
        _weights = new VadWeights(network);
    }

    /// <summary>Loads a model file.</summary>
    /// <param name="path">Path of the weights or of the card.</param>
    /// <exception cref="UserErrorException">The model cannot be used; the message says why.</exception>
    public static VoiceActivityModel Load(string path)
    {
        var (card, network) = ModelFile.Load(path, ModelKind.VoiceActivity);
        using (network)
            return new VoiceActivityModel((VadNetwork)network, card.FrontEnd);
    }

    /// <inheritdoc/>
    public IVoiceActivityDetector CreateDetector() => new VoiceActivityDetector(_logMel, _weights);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
