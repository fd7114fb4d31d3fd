using Diarizer.Audio.Files;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Tests.Data.Sources;

public class KaldiDirectoryTests
{
    private readonly List<string> _said = [];

    [Fact]
    public void WithoutSegmentsAnUtteranceIsAFile()
    {
        using var folder = new TemporaryFolder();
        Audio(folder, "a.wav", 1_600);
        Audio(folder, "with blank.wav", 3_200);
        Write(folder, "wav.scp", $"u1 a.wav\nu2\t{folder["with blank.wav"]}\nu3 {folder["gone.wav"]}\nu4 a.wav\n");
        Write(folder, "utt2spk", "u1 s1\nu2 s2\nu3 s2\n");
        var utterances = Read(folder);
        Assert.Equal(
            [U("u1", "s1", "", folder["a.wav"], 0, 1_600), U("u2", "s2", "", folder["with blank.wav"], 0, 3_200)],
            utterances);
        Assert.Contains(_said, line => line.StartsWith("1 of 4 recordings", StringComparison.Ordinal));
        Assert.Contains($"1 utterances of {folder.Path} have no speaker in utt2spk and are left out", _said);
    }

    [Fact]
    public void SegmentsAreStretchesAndTheRecordingIsTheSession()
    {
        using var folder = new TemporaryFolder();
        Audio(folder, "a.wav", 48_000);
        Write(folder, "wav.scp", "call1 a.wav\n");
        Write(folder, "segments", "u1 call1 0.5 1.25\nu2 call1 1.5 -1\nu3 call9 0 1\nu4 call1 2.0 1.0\n");
        Write(folder, "utt2spk", "u1 s1\nu2 s2\nu3 s1\nu4 s1\n");
        Write(folder, "spk2utt", "not read");
        Assert.Equal(
            [U("u1", "s1", "call1", folder["a.wav"], 8_000, 12_000), U("u2", "s2", "call1", folder["a.wav"], 24_000, 24_000), U("u4", "s1", "call1", folder["a.wav"], 32_000, 0)],
            Read(folder));
        Assert.Contains($"1 utterances of {folder.Path} name a recording that wav.scp does not have and are left out", _said);
    }

    [Theory]
    [InlineData("u1 sph2pipe -f wav x.sph |\n", "u1 s1\n", null, "a command for 'u1', and commands are not run")]
    [InlineData("u1 data/wavs.ark:1234\n", "u1 s1\n", null, "points into a Kaldi archive for 'u1', which is not read")]
    [InlineData("u1\n", "u1 s1\n", null, "Line 1 of")]
    [InlineData("u1 a.wav\nu1 b.wav\n", "u1 s1\n", null, "names 'u1' again")]
    [InlineData("u1 a.wav\n", "u1 s1\nu1 s2\n", null, "names 'u1' again")]
    [InlineData("u1 a.wav\n", null, null, "has no utt2spk")]
    [InlineData("r a.wav\n", "u1 s1\n", "u1 r 0\n", "too few cells")]
    [InlineData("r a.wav\n", "u1 s1\n", "u1 r zero 1\n", "'zero' where a time")]
    [InlineData("r a.wav\n", "u1 s1\n", "u1 r 0 1\nu1 r 1 2\n", "names 'u1' again")]
    public void DefectsAreNamed(string recordings, string? speakers, string? segments, string expected)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "wav.scp", recordings);
        if (speakers is not null)
            Write(folder, "utt2spk", speakers);
        if (segments is not null)
            Write(folder, "segments", segments);
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => Read(folder)).Message);
    }

    private List<Utterance> Read(TemporaryFolder folder) =>
        [.. new KaldiDirectory(folder.Path, "kaldi", "", new AudioLengths(folder.Path, _said.Add, TestContext.Current.CancellationToken), _said.Add).Read("train")];

    private static Utterance U(string id, string speaker, string session, string file, long start, int length) => new(id, speaker, "kaldi", "train", session, file, start, length);

    private static void Write(TemporaryFolder folder, string name, string text) => File.WriteAllText(folder[name], text);

    private static void Audio(TemporaryFolder folder, string name, int samples) => WavWriter.WriteMono(folder[name], SyntheticData.Noise(samples, 1));
}
