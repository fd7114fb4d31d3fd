using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// VGG-M-40 of Chung et al. 2020, "In defence of metric learning": VGG-M of Nagrani et al. 2017 on 40 mel bands, with temporal average pooling.
/// Log-mel [B, mel, T] in, embeddings [B, D] out (not normalised). Parameters carry the names of the published code (<c>VGGVox</c> of
/// voxceleb_trainer).
/// </summary>
public sealed class VggM40 : nn.Module<Tensor, Tensor>, IAffineOutput
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "vgg-m-40";

    private const int Width = 512;

    private readonly InstanceNorm1d _normalise;
    private readonly Sequential netcnn;
    private readonly Linear? sap_linear;
    private readonly Parameter? attention;
    private readonly Linear fc;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public VggM40(VggM40Options? options = null)
        : base(nameof(VggM40))
    {
        Options = (options ?? new VggM40Options()).Validated();
        _normalise = nn.InstanceNorm1d(Options.InputBins);
        netcnn = nn.Sequential(
            ("0", nn.Conv2d(1, 96, (5L, 7L), (1L, 2L), (2L, 2L))),
            ("1", nn.BatchNorm2d(96)),
            ("2", nn.ReLU()),
            ("3", nn.MaxPool2d((1L, 3L), (1L, 2L))),
            ("4", nn.Conv2d(96, 256, 5, stride: 2, padding: 1)),
            ("5", nn.BatchNorm2d(256)),
            ("6", nn.ReLU()),
            ("7", nn.MaxPool2d(3, 2)),
            ("8", nn.Conv2d(256, 384, 3, padding: 1)),
            ("9", nn.BatchNorm2d(384)),
            ("10", nn.ReLU()),
            ("11", nn.Conv2d(384, 256, 3, padding: 1)),
            ("12", nn.BatchNorm2d(256)),
            ("13", nn.ReLU()),
            ("14", nn.Conv2d(256, 256, 3, padding: 1)),
            ("15", nn.BatchNorm2d(256)),
            ("16", nn.ReLU()),
            ("17", nn.MaxPool2d(3, 2)),
            ("18", nn.Conv2d(256, Width, (Options.FrequencyRows, 1L))),
            ("19", nn.BatchNorm2d(Width)),
            ("20", nn.ReLU()));
        (sap_linear, attention) = AttentivePooling.Create(Options.Pooling, Width, Width);
        fc = nn.Linear(AttentivePooling.OutputSize(Options.Pooling, Width), Options.OutputSize);
        RegisterComponents();
    }

    /// <summary>The options it was built with.</summary>
    public VggM40Options Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public Linear Output => fc;

    /// <inheritdoc/>
    /// <remarks>The convolutions and poolings reach over so many frames before the first vector comes out; then one comes every 16.</remarks>
    public int MinimumFrames => 63;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T].</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var frames = netcnn.call(_normalise.call(input).unsqueeze(1)).squeeze(2).transpose(1, 2);
        return fc.call(AttentivePooling.Pool(frames, sap_linear, attention, Options.Pooling)).MoveToOuterDisposeScope();
    }
}
