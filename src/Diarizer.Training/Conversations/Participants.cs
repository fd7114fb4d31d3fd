using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Conversations;

/// <summary>Draws the people of a conversation: distinct speakers, each at one speed.</summary>
internal sealed class Participants(ConversationOptions options, SpeechLibrary speech)
{
    private const int Tries = 100;
    private readonly Dictionary<string, int[]> _byCorpus = speech.Speakers
        .Select((speaker, index) => (speaker.Corpus, index))
        .GroupBy(s => s.Corpus, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(s => s.index).ToArray(), StringComparer.Ordinal);

    /// <summary>Fills a span with distinct speakers; with fewer when the data has not enough.</summary>
    /// <returns>How many were drawn.</returns>
    public int Draw(Span<VoiceClass> people, ref SeededRandom random)
    {
        int first = random.Below(speech.Speakers.Count);
        int[]? corpus = random.Chance(options.OneCorpus) ? _byCorpus[speech.Speakers[first].Corpus] : null;
        int count = 0;
        for (int i = 0; i < Tries && count < people.Length; i++)
        {
            int speaker = i == 0 ? first : corpus is null ? random.Below(speech.Speakers.Count) : corpus[random.Below(corpus.Length)];
            var voice = new VoiceClass(speaker, random.Below(options.Speeds.Length));
            if (!Contains(people[..count], speaker))
                people[count++] = voice;
        }
        return count;
    }

    private static bool Contains(ReadOnlySpan<VoiceClass> people, int speaker)
    {
        foreach (var person in people)
        {
            if (person.Speaker == speaker)
                return true;
        }
        return false;
    }
}
