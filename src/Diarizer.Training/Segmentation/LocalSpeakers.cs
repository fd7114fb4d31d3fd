using System.Numerics;
using Diarizer.Networks.Segmentation;

namespace Diarizer.Training.Segmentation;

/// <summary>Turns the labels of a conversation's window into classes: the speakers who talk most are the local ones, in order of their first word.</summary>
internal sealed class LocalSpeakers(Powerset powerset)
{
    private const int People = 8;

    /// <summary>Writes one class for each frame of the network's output.</summary>
    /// <param name="labels">For every 10 ms a bit for each speaker of the conversation.</param>
    /// <param name="classes">Gets the classes; frames that reach past the labels are silence.</param>
    public void Classify(ReadOnlySpan<byte> labels, Span<long> classes)
    {
        Span<int> locals = stackalloc int[People];
        int count = Choose(labels, locals);
        for (int frame = 0; frame < classes.Length; frame++)
        {
            int from = Math.Min(labels.Length, frame * SegmentationNetwork.FramesPerOutput), to = Math.Min(labels.Length, from + SegmentationNetwork.FramesPerOutput);
            classes[frame] = powerset.ClassOf(Limited(Set(labels[from..to], locals[..count])));
        }
    }

    /// <summary>The most talkative speakers in order of their first word; returns how many there are.</summary>
    private int Choose(ReadOnlySpan<byte> labels, Span<int> locals)
    {
        Span<int> talked = stackalloc int[People], first = stackalloc int[People];
        first.Fill(int.MaxValue);
        for (int i = 0; i < labels.Length; i++)
        {
            for (int rest = labels[i]; rest != 0; rest &= rest - 1)
            {
                int speaker = BitOperations.TrailingZeroCount(rest);
                talked[speaker]++;
                first[speaker] = Math.Min(first[speaker], i);
            }
        }
        int count = 0;
        while (count < powerset.Speakers)
        {
            int most = -1;
            for (int speaker = 0; speaker < People; speaker++)
            {
                if (talked[speaker] > 0 && (most < 0 || talked[speaker] > talked[most]))
                    most = speaker;
            }
            if (most < 0)
                break;
            talked[most] = 0;
            int place = count++;
            for (; place > 0 && first[locals[place - 1]] > first[most]; place--)
                locals[place] = locals[place - 1];
            locals[place] = most;
        }
        return count;
    }

    /// <summary>The local speakers who talk in more than half of a frame's labels, or in half of them.</summary>
    private static byte Set(ReadOnlySpan<byte> labels, ReadOnlySpan<int> locals)
    {
        int set = 0;
        for (int k = 0; k < locals.Length; k++)
        {
            int marked = 0;
            foreach (byte label in labels)
                marked += label >> locals[k] & 1;
            if (marked > 0 && 2 * marked >= labels.Length)
                set |= 1 << k;
        }
        return (byte)set;
    }

    /// <summary>Drops the last speakers of a set that no class has.</summary>
    private byte Limited(byte set)
    {
        while (powerset.ClassOf(set) < 0)
            set = (byte)(set & ~(1 << (31 - BitOperations.LeadingZeroCount((uint)set))));
        return set;
    }
}
