using Diarizer.Training.Conversations;

namespace Diarizer.Training.Tests.Conversations;

/// <summary>Settings for conversations whose labels can be checked.</summary>
internal static class Clean
{
    /// <summary>Nothing but the voices themselves.</summary>
    public static readonly ConversationOptions Options = new()
    {
        Speakers = [2, 2],
        OneCorpus = 0,
        LevelSpread = 0,
        Nobody = 0,
        FilledPause = 0,
        Room = new() { Probability = 0 },
        Microphone = new() { Probability = 0 },
        Tilt = new() { Probability = 0 },
        Noise = new() { Probability = 0 },
        ShapedNoise = new() { Probability = 0 },
        Babble = new() { Probability = 0 },
        Telephone = new() { Probability = 0 },
        Gain = new() { Probability = 0 },
    };
}
