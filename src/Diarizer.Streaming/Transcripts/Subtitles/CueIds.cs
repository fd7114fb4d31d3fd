using System.Globalization;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>Names cues when some are split.</summary>
internal abstract class CueIds
{
    /// <summary>The id of a cue, or of its first piece.</summary>
    public abstract string Keep(string id);

    /// <summary>The id of a further piece of the cue that had <paramref name="id"/>.</summary>
    public abstract string Next(string id);

    /// <summary>SubRip counts its cues: all that follow a split move up, and holes in the count stay.</summary>
    internal sealed class Numbers : CueIds
    {
        private int _added;

        public override string Keep(string id) => Moved(id);

        public override string Next(string id)
        {
            _added++;
            return Moved(id);
        }

        private string Moved(string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue - _added
            ? (number + _added).ToString(CultureInfo.InvariantCulture).PadLeft(id.StartsWith('0') ? id.Length : 0, '0')
            : id;
    }

    /// <summary>WebVTT may refer to a cue by its id: it stays with the first piece, and the others get a number after it.</summary>
    internal sealed class Names(IEnumerable<string> taken) : CueIds
    {
        private readonly HashSet<string> _taken = [.. taken];
        private readonly Dictionary<string, int> _last = [];

        public override string Keep(string id) => id;

        public override string Next(string id)
        {
            var number = _last.GetValueOrDefault(id, 1);
            string name;
            do
                name = string.Create(CultureInfo.InvariantCulture, $"{id}-{++number}");
            while (!_taken.Add(name));
            _last[id] = number;
            return name;
        }
    }
}
