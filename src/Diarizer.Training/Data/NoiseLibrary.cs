using Diarizer.Audio;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Data;

/// <summary>Background sounds and room impulse responses, as listed in a noise manifest.</summary>
internal sealed class NoiseLibrary
{
    private NoiseLibrary(IReadOnlyList<PcmFile> sounds, IReadOnlyList<string> rooms)
    {
        Sounds = sounds;
        Rooms = rooms;
    }

    /// <summary>Noises and music.</summary>
    public IReadOnlyList<PcmFile> Sounds { get; }

    /// <summary>Audio files of impulse responses.</summary>
    public IReadOnlyList<string> Rooms { get; }

    /// <summary>Reads the list (columns file and kind: noise, music or rir); the sounds go through the cache.</summary>
    /// <exception cref="UserErrorException">The list is missing or names something that is not there.</exception>
    public static NoiseLibrary Open(string path, PcmCache cache)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The noise list {path} does not exist; give the data folder with --data, or leave data.noise empty and turn off what needs it.");
        string root = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] header = File.ReadLines(path).First().Split('\t');
        int file = Array.IndexOf(header, "file"), kind = Array.IndexOf(header, "kind");
        if (file < 0 || kind < 0)
            throw new UserErrorException($"The noise list {path} needs the columns 'file' and 'kind' in its first line.");
        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Where(cells => cells.Length > Math.Max(file, kind)).ToList();
        var sounds = rows.Where(cells => cells[kind] is "noise" or "music").Select(cells => cache.Open(Path.Combine(root, cells[file]))).ToList();
        var rooms = rows.Where(cells => cells[kind] == "rir").Select(cells => Path.Combine(root, cells[file])).ToList();
        return new NoiseLibrary(sounds, rooms);
    }

    /// <summary>Reads a random stretch of a random sound, from its start again where it is shorter.</summary>
    public void Read(Span<float> samples, ref SeededRandom random)
    {
        var sound = Sounds[random.Below(Sounds.Count)];
        long offset = random.Below(Math.Max(1, sound.Length - samples.Length));
        while (!samples.IsEmpty)
        {
            int count = (int)Math.Min(samples.Length, sound.Length - offset);
            sound.Read(offset, samples[..count]);
            samples = samples[count..];
            offset = 0;
        }
    }
}
