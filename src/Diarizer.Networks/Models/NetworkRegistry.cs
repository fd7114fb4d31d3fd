using Diarizer.Networks.Segmentation;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.DeepSpeaker;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.Siamese;
using Diarizer.Networks.Trunks.TimeDelay;
using Diarizer.Networks.VoiceActivity;
using Diarizer.Networks.Voices;
using static TorchSharp.torch;

namespace Diarizer.Networks.Models;

/// <summary>The networks that a card may name, made from the options that the card gives.</summary>
public static class NetworkRegistry
{
    private static readonly Dictionary<string, Func<ModelCard, nn.Module<Tensor, Tensor>>> FrameNetworks = new(StringComparer.Ordinal)
    {
        [VadNetwork.NetworkName] = card => new VadNetwork(card.ReadNetworkOptions<VadNetworkOptions>()),
    };

    private static readonly Dictionary<string, Func<ModelCard, nn.Module<Tensor, Tensor>>> Segmenters = new(StringComparer.Ordinal)
    {
        [SegmentationNetwork.NetworkName] = card => new SegmentationNetwork(card.ReadNetworkOptions<SegmentationNetworkOptions>()),
    };

    private static readonly Dictionary<string, Func<ModelCard, nn.Module<Tensor, Tensor>>> VoiceSpaces = new(StringComparer.Ordinal)
    {
        [VoiceSpaceNetwork.NetworkName] = card => new VoiceSpaceNetwork(card.ReadNetworkOptions<VoiceSpaceOptions>()),
    };

    private static readonly Dictionary<string, Func<ModelCard, nn.Module<Tensor, Tensor>>> Trunks = new(StringComparer.Ordinal)
    {
        [FastResNet34.NetworkName] = card => new FastResNet34(card.ReadNetworkOptions<FastResNet34Options>(), card.Attention is not null),
        [ThinResNet34.NetworkName] = card => new ThinResNet34(card.ReadNetworkOptions<ThinResNet34Options>(), card.Attention is not null),
        [HalfResNet34.NetworkName] = card => new HalfResNet34(card.ReadNetworkOptions<HalfResNet34Options>()),
        [ResNet34.NetworkName] = card => new ResNet34(card.ReadNetworkOptions<ResNet34Options>()),
        [VggM40.NetworkName] = card => new VggM40(card.ReadNetworkOptions<VggM40Options>()),
        [DeepSpeakerCnn.NetworkName] = card => new DeepSpeakerCnn(card.ReadNetworkOptions<DeepSpeakerCnnOptions>()),
        [DeepSpeakerCnn.SimpleName] = card => new DeepSpeakerCnn(card.ReadNetworkOptions<SimpleCnnOptions>()),
        [DeepSpeakerGru.NetworkName] = card => new DeepSpeakerGru(card.ReadNetworkOptions<DeepSpeakerGruOptions>()),
        [SiameseBranch.NetworkName] = card => new SiameseBranch(card.ReadNetworkOptions<SiameseBranchOptions>()),
        [ResCnn.NetworkName] = card => new ResCnn(card.ReadNetworkOptions<ResCnnOptions>(), card.Attention is not null),
        [Tdnn.NetworkName] = card => new Tdnn(card.ReadNetworkOptions<TdnnOptions>(), card.Attention is not null),
        [Tdnn.NarrowName] = card => new Tdnn(card.ReadNetworkOptions<NarrowTdnnOptions>(), card.Attention is not null),
        [EcapaTdnn.NetworkName] = card => new EcapaTdnn(card.ReadNetworkOptions<EcapaTdnnOptions>(), card.Attention is not null),
    };

    /// <summary>The names of all networks for a purpose.</summary>
    public static IReadOnlyCollection<string> Names(ModelKind kind) => Makers(kind).Keys;

    /// <summary>Makes the network that a card names, with fresh weights.</summary>
    /// <param name="card">The card: kind, network, its options and the front end.</param>
    /// <param name="path">What error messages call the model.</param>
    /// <returns>The network; one for speaker embedding is an <see cref="ISpeakerTrunk"/>.</returns>
    /// <exception cref="UserErrorException">There is no such network, an option is out of bounds, or the front end does not fit.</exception>
    public static nn.Module<Tensor, Tensor> Create(ModelCard card, string path)
    {
        ArgumentNullException.ThrowIfNull(card);
        var network = Makers(card.Kind).TryGetValue(card.Network, out var create) ? create(card) : throw Unknown(card, path);
        try
        {
            RequireFit(card, network, path);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>What models of a kind do, for messages.</summary>
    public static string Describe(ModelKind kind) => kind switch
    {
        ModelKind.VoiceActivity => "voice activity",
        ModelKind.Segmentation => "speaker segmentation",
        ModelKind.VoiceSpace => "comparing voices",
        _ => "speaker embedding",
    };

    private static Dictionary<string, Func<ModelCard, nn.Module<Tensor, Tensor>>> Makers(ModelKind kind) => kind switch
    {
        ModelKind.VoiceActivity => FrameNetworks,
        ModelKind.Segmentation => Segmenters,
        ModelKind.VoiceSpace => VoiceSpaces,
        _ => Trunks,
    };

    private static void RequireFit(ModelCard card, nn.Module<Tensor, Tensor> network, string path)
    {
        if (card.Attention is not null && network is not IFrequencyAttentive { Attention: not null })
            throw new UserErrorException(
                $"The model {path} is to have an attention layer, but the network {card.Network} takes none; leave it out, or take rescnn-cbam, tdnn, tdnn-s, ecapa-tdnn, fast-resnet-34 or thin-resnet-34.");
        if (network is VoiceSpaceNetwork)
            return;
        if (network is not ISpeakerTrunk trunk)
        {
            RequireBins(card.FrontEnd.MelBins, network is VadNetwork vad ? vad.Options.MelBins : ((SegmentationNetwork)network).Options.MelBins, "mel bins", path);
            if (!card.CreateFrontEnd().CanStream)
                throw new UserErrorException($"The card of model {path} gives a stream a front end that needs whole recordings; set its edges to Inside and its dynamicRange to 0.");
            return;
        }
        var frontEnd = card.CreateFrontEnd();
        RequireBins(frontEnd.Bins, trunk.InputBins, card.Spectrogram is null ? "mel bins" : "spectrogram bins", path);
        int least = frontEnd.SampleCount(trunk.MinimumFrames);
        if (card.MinimumSamples < least)
            throw new UserErrorException($"The model {path} allows windows of {card.MinimumSamples} samples but the network needs {least}; raise its shortest window.");
    }

    private static void RequireBins(int given, int taken, string what, string path)
    {
        if (given != taken)
            throw new UserErrorException($"The model {path} gives the front end {given} {what} but the network takes {taken}; make them equal.");
    }

    private static UserErrorException Unknown(ModelCard card, string path)
    {
        var names = Names(card.Kind);
        return new UserErrorException(
            $"The model {path} names the network {card.Network}, which is not one for {Describe(card.Kind)}; {string.Join(", ", names)} {(names.Count == 1 ? "is" : "are")}.");
    }
}
