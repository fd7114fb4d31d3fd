using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>Which utterances are put before a network, and what of its answer is differentiated.</summary>
/// <param name="Utterances">Utterances drawn, every speaker as often as possible alike.</param>
/// <param name="CropSeconds">Length of the centre crop.</param>
/// <param name="Augment">Changes the crops by the run's augmentation.</param>
/// <param name="Seed">Seed of all draws.</param>
/// <param name="Device">Where the network computes.</param>
/// <param name="Cache">Where decoded audio lies.</param>
/// <param name="Cancellation">Ends the decoding.</param>
internal sealed record ScoredChoice(
    ScoreTarget Target, int Utterances, double CropSeconds, bool Augment, long Seed, Device Device, PcmCache Cache, CancellationToken Cancellation)
{
    /// <summary>The drawn utterances, each with the index of its speaker.</summary>
    public List<(int Speaker, Utterance Utterance)> Draw(IReadOnlyList<SpeakerUtterances> speakers) => UtteranceDraw.Balanced(speakers, Utterances, Seed);

    /// <summary>Moves a module to the device and puts it in evaluation mode.</summary>
    /// <exception cref="UserErrorException">It cannot be differentiated there.</exception>
    public void Prepare(nn.Module module)
    {
        // cuDNN differentiates recurrent layers in training mode only, where dropout would blur the answer.
        if (Device.type == DeviceType.CUDA && module.modules().Any(child => child is GRU or LSTM))
            throw new UserErrorException("A recurrent network cannot be explained on a GPU; give --device cpu.");
        module.to(Device);
        module.eval();
    }

    /// <summary>The count of utterances and speakers, for records.</summary>
    public static string Describe(List<(int Speaker, Utterance Utterance)> drawn) =>
        $"{drawn.Count} utterances of {drawn.Select(d => d.Speaker).Distinct().Count()} speakers";
}
