using Diarizer.Networks.Trunks;
using Diarizer.Networks.VoiceActivity;
using static TorchSharp.torch;

namespace Diarizer.Networks.Models;

/// <summary>The networks that a card may name.</summary>
internal static class NetworkRegistry
{
    public static nn.Module<Tensor, Tensor> Create(ModelCard card, string path)
    {
        nn.Module<Tensor, Tensor> network = (card.Kind, card.Network) switch
        {
            (ModelKind.SpeakerEmbedding, FastResNet34.NetworkName) => new FastResNet34(card.ReadNetworkOptions<FastResNet34Options>()),
            (ModelKind.VoiceActivity, VadNetwork.NetworkName) => new VadNetwork(card.ReadNetworkOptions<VadNetworkOptions>()),
            _ => throw new UserErrorException(
                $"The model {path} names the network {card.Network}, which is not one for {Describe(card.Kind)}; {Known(card.Kind)} is."),
        };
        int bins = network is VadNetwork vad ? vad.Options.MelBins : ((FastResNet34)network).Options.MelBins;
        if (bins == card.FrontEnd.MelBins)
            return network;
        network.Dispose();
        throw new UserErrorException($"The card of model {path} gives the front end {card.FrontEnd.MelBins} mel bins but the network {bins}; correct the card.");
    }

    public static string Describe(ModelKind kind) => kind == ModelKind.VoiceActivity ? "voice activity" : "speaker embedding";

    private static string Known(ModelKind kind) => kind == ModelKind.VoiceActivity ? VadNetwork.NetworkName : FastResNet34.NetworkName;
}
