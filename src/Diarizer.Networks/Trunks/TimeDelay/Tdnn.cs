using Diarizer.Networks.Trunks.FrequencyTime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>
/// The time-delay network of x-vectors (Snyder et al. 2018): five frame layers that see 15 frames, mean and standard deviation over time, two segment
/// layers. Log spectrogram or log-mel [B, bins, T] in, embeddings [B, D] out (the last hidden layer, not normalised). Parameters carry the names of
/// the code of Yang et al., "Gradient Frequency Attention".
/// </summary>
public sealed class Tdnn : nn.Module<Tensor, Tensor>, IFrequencyAttentive
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "tdnn";

    /// <summary>The name in model cards of the narrower network, <see cref="NarrowTdnnOptions"/>.</summary>
    public const string NarrowName = "tdnn-s";

    internal const double LeastVariance = 1e-12;

    private readonly FrequencyAttention? mask_layer;
    private readonly TimeDelayLayer frame1;
    private readonly TimeDelayLayer frame2;
    private readonly TimeDelayLayer frame3;
    private readonly TimeDelayLayer frame4;
    private readonly TimeDelayLayer frame5;
    private readonly Sequential segment6;
    private readonly Sequential segment7;

    /// <summary>Builds the network with fresh weights (Kaiming normal, fan out, for the frame layers).</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="frequencyAttention">Adds a <see cref="FrequencyAttention"/> behind the normalisation of the input.</param>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public Tdnn(TdnnOptions? options = null, bool frequencyAttention = false)
        : base(nameof(Tdnn))
    {
        Options = options ?? new TdnnOptions();
        Options.Validate(Name);
        var channels = Options.Channels;
        frame1 = new TimeDelayLayer(Options.InputBins, channels[0], context: 5, dilation: 1);
        frame2 = new TimeDelayLayer(channels[0], channels[1], context: 3, dilation: 2);
        frame3 = new TimeDelayLayer(channels[1], channels[2], context: 3, dilation: 3);
        frame4 = new TimeDelayLayer(channels[2], channels[3], context: 1, dilation: 1);
        frame5 = new TimeDelayLayer(channels[3], channels[4], context: 1, dilation: 1);
        segment6 = Segment(2 * channels[4], Options.SegmentSize);
        segment7 = Segment(Options.SegmentSize, Options.OutputSize);
        mask_layer = frequencyAttention ? new FrequencyAttention(Options.InputBins) : null;
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public TdnnOptions Options { get; }

    /// <inheritdoc/>
    public string Name => Options is NarrowTdnnOptions ? NarrowName : NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 15;

    /// <inheritdoc/>
    public FrequencyAttention? Attention => mask_layer;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log spectrogram [B, bins, T]; each bin's mean over time is taken off it.</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input - input.mean([2L], keepdim: true);
        x = mask_layer?.call(x) ?? x;
        x = frame5.call(frame4.call(frame3.call(frame2.call(frame1.call(x)))));
        var deviation = (x.var([2L], unbiased: false) + LeastVariance).sqrt();
        x = cat([x.mean([2L]), deviation], 1);
        return segment7.call(segment6.call(x)).MoveToOuterDisposeScope();
    }

    private static Sequential Segment(int inputs, int outputs) =>
        nn.Sequential(("0", nn.Linear(inputs, outputs)), ("1", nn.ReLU()), ("2", nn.BatchNorm1d(outputs)));
}
