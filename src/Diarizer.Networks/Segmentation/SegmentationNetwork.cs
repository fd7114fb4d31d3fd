using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Segmentation;

/// <summary>
/// Who of up to three local speakers talks in each 20 ms of a short window: three convolutions (two of them halve the rate), bidirectional LSTM layers
/// at 25 steps a second, a dense layer, and powerset classes for the two halves of every step. Log-mel [B, T, mel] in, logits [B, ⌈T / 4⌉ · 2, classes]
/// out. The mean of the window is taken from every band, so that level and line do not matter. After Bredin and Laurent 2021 ("End-to-end speaker segmentation
/// for overlap-aware resegmentation") with the classes of <see cref="Segmentation.Powerset"/>, made for a processor: filters on log-mel in the place of sinc filters.
/// </summary>
public sealed class SegmentationNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "conv-blstm-powerset";

    /// <summary>Log-mel frames for each frame of the output.</summary>
    public const int FramesPerOutput = 2;

    private const int Stride = 4, Halves = Stride / FramesPerOutput, Kernel = 5;

    private readonly Conv1d conv1;
    private readonly Conv1d conv2;
    private readonly Conv1d conv3;
    private readonly LSTM blstm;
    private readonly Linear dense;
    private readonly Linear output;
    private readonly Tensor feature_std;

    /// <summary>Builds the network with fresh weights; it divides features by 1 until <see cref="SetDeviation"/>.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public SegmentationNetwork(SegmentationNetworkOptions? options = null)
        : base(nameof(SegmentationNetwork))
    {
        Options = (options ?? new SegmentationNetworkOptions()).Validated();
        Powerset = new Powerset(Options.Speakers, Options.Simultaneous);
        var channels = Options.Channels;
        conv1 = nn.Conv1d(Options.MelBins, channels[0], Kernel, padding: Kernel / 2);
        conv2 = nn.Conv1d(channels[0], channels[1], Kernel, stride: 2, padding: Kernel / 2);
        conv3 = nn.Conv1d(channels[1], channels[2], Kernel, stride: 2, padding: Kernel / 2);
        blstm = nn.LSTM(channels[2], Options.HiddenSize, Options.Layers, batchFirst: true, dropout: Options.Layers > 1 ? Options.Dropout : 0, bidirectional: true);
        dense = nn.Linear(2 * Options.HiddenSize, Options.Dense);
        output = nn.Linear(Options.Dense, Halves * Powerset.Classes);
        feature_std = ones(Options.MelBins).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The options it was built with.</summary>
    public SegmentationNetworkOptions Options { get; }

    /// <summary>What the classes mean.</summary>
    public Powerset Powerset { get; }

    /// <summary>Frames of the output for a number of log-mel frames.</summary>
    public static int OutputFrames(int frames) => (frames + Stride - 1) / Stride * Halves;

    /// <summary>Sets the standard deviation of the training features, one value a mel band.</summary>
    public void SetDeviation(float[] deviation)
    {
        ArgumentNullException.ThrowIfNull(deviation);
        if (deviation.Length != Options.MelBins || deviation.Any(d => !(d > 0)))
            throw new ArgumentException($"Normalisation takes {Options.MelBins} positive deviations.");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        feature_std.copy_(tensor(deviation));
    }

    /// <summary>Logits of a batch.</summary>
    /// <param name="input">Log-mel [B, T, mel]; T of at least 8.</param>
    /// <returns>[B, <see cref="OutputFrames"/>, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        long batch = input.shape[0];
        var x = ((input - input.mean([1L], keepdim: true)) / feature_std).transpose(1, 2);
        x = conv1.call(x).relu();
        x = conv2.call(x).relu();
        x = conv3.call(x).relu().transpose(1, 2);
        (x, _, _) = blstm.call(nn.functional.dropout(x, Options.Dropout, training));
        x = dense.call(nn.functional.dropout(x, Options.Dropout, training)).relu();
        return output.call(x).reshape(batch, -1, Powerset.Classes).MoveToOuterDisposeScope();
    }
}
