using Diarizer.Audio.Files;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Data;

public class SpeechLibraryTests
{
    [Fact]
    public void ShortUtterancesRepeat()
    {
        using var folder = new TemporaryFolder();
        var samples = SyntheticData.Noise(1_000, 1);
        WavWriter.WriteMono(folder["a.wav"], samples);
        var file = new PcmCache(folder["cache"]).Open(folder["a.wav"]);
        var utterance = new Utterance("u", "s", "c", "train", "", "a.wav", 200, 300) { Root = folder.Path };
        var library = new SpeechLibrary([], new CachedAudio(new Dictionary<string, PcmFile> { [folder["a.wav"]] = file }));
        var crop = new float[700];
        library.Read(utterance, 250, crop);
        for (int i = 0; i < crop.Length; i++)
            Assert.Equal(samples[200 + (250 + i) % 300], crop[i], 1e-4);
    }

    [Fact]
    public void UtterancesWithoutAudioAreCounted()
    {
        using var folder = new TemporaryFolder();
        var audio = new CachedAudio(new Dictionary<string, PcmFile> { [folder["a.wav"]] = new("unused", 1_000) });
        Utterance U(string file, long start, int length) => new("u", "s", "c", "train", "", file, start, length) { Root = folder.Path };
        var usable = UsableUtterances.Of([U("a.wav", 0, 500), U("a.wav", 900, 500), U("b.wav", 0, 500), U("a.wav", 0, 0)], audio, 200);
        Assert.Equal((1, 2), (usable.Missing, usable.TooShort));
        Assert.Equal(500, Assert.Single(usable.Utterances).Length);
        Assert.Equal("3 of 4 utterances are left out: the audio of 1 is missing or broken, 2 are shorter than 0.5 s", usable.LeftOut(0.5));
        Assert.Null(UsableUtterances.Of([U("a.wav", 0, 500)], audio, 200).LeftOut(0.5));
    }
}
