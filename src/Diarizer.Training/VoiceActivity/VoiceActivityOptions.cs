using Diarizer.Features;
using Diarizer.Networks.VoiceActivity;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Conversations;

namespace Diarizer.Training.VoiceActivity;

/// <summary>Training of a voice activity network.</summary>
internal sealed record VoiceActivityOptions : IValidated
{
    public LogMelOptions FrontEnd { get; init; } = new();

    public VadNetworkOptions Network { get; init; } = new();

    /// <summary>Mixtures in a batch; 1 to 1,024.</summary>
    public int Batch { get; init; } = 24;

    public MixtureOptions Mixture { get; init; } = new();

    /// <summary>Conversations in the place of <see cref="Mixture"/>'s scenes, of whose options only the length then counts.</summary>
    public ConversationOptions? Conversation { get; init; }

    /// <summary>Mixtures of validation speakers that are measured; 4 to 10,000.</summary>
    public int ValidationMixtures { get; init; } = 48;

    public void Validate(OptionCheck check)
    {
        check.Between("batch", Batch, 1, 1_024);
        check.Between("validationMixtures", ValidationMixtures, 4, 10_000);
        Mixture.Validate(check.In("mixture"));
        Conversation?.Validate(check.In("conversation"));
        FrontEnd.Validated();
        Network.Validated();
        check.Require(Network.MelBins == FrontEnd.MelBins, "network.melBins", Network.MelBins, $"the front end's {FrontEnd.MelBins}");
        check.Require(FrontEnd.Hop == 160, "frontEnd.hop", FrontEnd.Hop, "160, since labels are made for every 10 ms");
    }
}
