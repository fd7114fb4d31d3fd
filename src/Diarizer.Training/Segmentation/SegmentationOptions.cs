using Diarizer.Features;
using Diarizer.Networks.Segmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Conversations;

namespace Diarizer.Training.Segmentation;

/// <summary>Training of a segmentation network.</summary>
internal sealed record SegmentationOptions : IValidated
{
    public LogMelOptions FrontEnd { get; init; } = new();

    public SegmentationNetworkOptions Network { get; init; } = new();

    /// <summary>Windows in a batch; 1 to 1,024.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Seconds of a window, from and to; 1 to 20.</summary>
    public double[] Seconds { get; init; } = [5, 5];

    public ConversationOptions Conversation { get; init; } = new();

    /// <summary>Windows of validation speakers that are measured; 4 to 10,000.</summary>
    public int ValidationWindows { get; init; } = 192;

    public void Validate(OptionCheck check)
    {
        check.Between("batch", Batch, 1, 1_024);
        check.Range("seconds", Seconds, 1, 20);
        check.Between("validationWindows", ValidationWindows, 4, 10_000);
        Conversation.Validate(check.In("conversation"));
        FrontEnd.Validated();
        Network.Validated();
        check.Require(Network.MelBins == FrontEnd.MelBins, "network.melBins", Network.MelBins, $"the front end's {FrontEnd.MelBins}");
        check.Require(FrontEnd.Hop == 160, "frontEnd.hop", FrontEnd.Hop, "160, since labels are made for every 10 ms");
    }
}
