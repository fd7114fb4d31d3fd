using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.Siamese;

/// <summary>
/// One branch of a siamese network after Lukic et al. 2017 and Stadelmann et al. 2018: two bidirectional LSTM layers, then dense layers with PReLU,
/// then a softmax. Both branches of a pair are this one network. It is trained by the distributions that the softmax gives, with a pairwise
/// Kullback-Leibler loss, and used by the embedding, a hidden layer; that of a longer utterance is the mean over its segments.
/// Mel spectrogram [B, mel, T] in, embeddings [B, D] out (not normalised).
/// </summary>
public sealed class SiameseBranch : nn.Module<Tensor, Tensor>, ITrainingOutput
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "siamese-blstm";

    private const double LeastDeviation = 1e-5;

    private readonly LSTM blstm1;
    private readonly LSTM blstm2;
    private readonly ModuleList<Linear> dense;
    private readonly ModuleList<PReLU> prelu;

    /// <summary>Builds the network with fresh weights; PReLUs start as ReLUs.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public SiameseBranch(SiameseBranchOptions? options = null)
        : base(nameof(SiameseBranch))
    {
        Options = (options ?? new SiameseBranchOptions()).Validated();
        int states = 2 * Options.HiddenSize;
        blstm1 = nn.LSTM(Options.InputBins, Options.HiddenSize, batchFirst: true, bidirectional: true);
        blstm2 = nn.LSTM(states, Options.HiddenSize, batchFirst: true, bidirectional: true);
        var sizes = Options.Dense;
        dense = nn.ModuleList<Linear>([.. sizes.Select((size, i) => nn.Linear(i == 0 ? states : sizes[i - 1], size))]);
        prelu = nn.ModuleList<PReLU>([.. sizes.SkipLast(Options.Softmax ? 1 : 0).Select(size => nn.PReLU(size, 0))]);
        RegisterComponents();
    }

    /// <summary>The options it was built with.</summary>
    public SiameseBranchOptions Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.Embedding switch
    {
        SiameseLayer.Recurrent => 2 * Options.HiddenSize,
        SiameseLayer.FirstDense => Options.Dense[0],
        _ => Options.Dense[^1],
    };

    /// <inheritdoc/>
    public int MinimumFrames => 2;

    /// <inheritdoc/>
    public int TrainingOutputSize => Options.Dense[^1];

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T].</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        long batch = input.shape[0], frames = input.shape[2];
        int segments = Options.SegmentFrames == 0 ? 1 : (int)Math.Max(1, frames / Options.SegmentFrames);
        if (segments == 1)
            return Embed(input).MoveToOuterDisposeScope();
        var pieces = input.narrow(2, 0, segments * Options.SegmentFrames).reshape(batch, InputBins, segments, Options.SegmentFrames);
        var embeddings = Embed(pieces.transpose(1, 2).reshape(batch * segments, InputBins, Options.SegmentFrames));
        return embeddings.reshape(batch, segments, OutputSize).mean([1L]).MoveToOuterDisposeScope();
    }

    private Tensor Embed(Tensor input)
    {
        var state = LastState(input);
        return Options.Embedding switch
        {
            SiameseLayer.Recurrent => state,
            SiameseLayer.FirstDense => Activated(state, 0),
            _ => Options.Softmax ? LastDense(state).softmax(1) : LastDense(state),
        };
    }

    /// <summary>The last dense layer, before the softmax: a loss that takes logarithms of the distribution does so without losing small values.</summary>
    /// <param name="input">Log-mel [B, mel, T]; one segment, however long.</param>
    /// <returns>[B, last of <see cref="SiameseBranchOptions.Dense"/>]; without a softmax what PReLU leaves, which is unbounded.</returns>
    public Tensor TrainingOutput(Tensor input)
    {
        using var scope = NewDisposeScope();
        return LastDense(LastState(input)).MoveToOuterDisposeScope();
    }

    /// <summary>[B, mel, T] to the state after the last frame and, of the backward layer, after the first: [B, 2H].</summary>
    private Tensor LastState(Tensor input)
    {
        var x = Options.NormaliseInput ? Normalised(input) : input;
        (x, _, _) = blstm1.call(x.transpose(1, 2));
        var (_, hidden, _) = blstm2.call(nn.functional.dropout(x, Options.RecurrentDropout, training));
        return hidden.transpose(0, 1).flatten(1);
    }

    private Tensor LastDense(Tensor state)
    {
        var x = state;
        for (int i = 0; i < prelu.Count; i++)
        {
            x = Activated(x, i);
            if (i == 0)
                x = nn.functional.dropout(x, Options.DenseDropout, training);
        }
        return Options.Softmax ? dense[dense.Count - 1].call(x) : x;
    }

    private Tensor Activated(Tensor x, int layer) =>
        layer < prelu.Count ? prelu[layer].call(dense[layer].call(x)) : dense[layer].call(x).softmax(1);

    private static Tensor Normalised(Tensor input)
    {
        var centred = input - input.mean([1L, 2L], keepdim: true);
        return centred / (centred.square().mean([1L, 2L], keepdim: true) + LeastDeviation * LeastDeviation).sqrt();
    }
}
