using Diarizer.Training.Conversations;
using Diarizer.Training.Data;

namespace Diarizer.Training.VoiceActivity;

/// <summary>Conversations of which only matters whether anybody talks. An instance belongs to one thread.</summary>
internal sealed class ConversationScenes(ConversationMaker conversations) : ISceneMaker
{
    private byte[] _talk = [];

    /// <inheritdoc/>
    public void Make(Span<float> samples, Span<bool> labels, ref SeededRandom random)
    {
        if (_talk.Length < labels.Length)
            _talk = new byte[labels.Length];
        conversations.Make(samples, _talk.AsSpan(0, labels.Length), ref random);
        for (int i = 0; i < labels.Length; i++)
            labels[i] = _talk[i] != 0;
    }
}
