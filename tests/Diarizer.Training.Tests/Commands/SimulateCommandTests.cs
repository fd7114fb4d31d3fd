using System.CommandLine;
using Diarizer.Audio.Files;
using Diarizer.Streaming.Scoring;
using Diarizer.Training.Commands;

namespace Diarizer.Training.Tests.Commands;

/// <summary>The command on made-up speakers; as a process of its own where what it prints matters.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SimulateCommandTests()
    {
        SyntheticData.Write(_folder, speakers: 8, utterances: 3);
        Configure("[2, 3]");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WritesAudioWhoTalksWhenAndPrintsTheStatistics()
    {
        var (code, output, error) = Program("--out", _folder["made"], "--count", "2", "--minutes", "0.1");
        Assert.True(code == 0, error);
        Assert.Equal(
            ["conversation0001.rttm", "conversation0001.uem", "conversation0001.wav", "conversation0002.rttm", "conversation0002.uem", "conversation0002.wav"],
            Directory.EnumerateFiles(_folder["made"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("simulated", output, StringComparison.Ordinal);
        Assert.Contains("overlap %", output, StringComparison.Ordinal);
        Assert.Contains($"wrote 2 conversations to {_folder["made"]}", output, StringComparison.Ordinal);

        var segments = Read("made", "conversation0001");
        Assert.NotEmpty(segments);
        Assert.All(segments, s => Assert.True(s.Recording == "conversation0001" && s.Start >= 0 && s.End > s.Start && s.End <= 6));
        Assert.Equal(96_000, AudioFile.ReadMono16k(_folder["made/conversation0001.wav"]).Length);
        using var uem = new StreamReader(_folder["made/conversation0001.uem"]);
        Assert.Equal(6, Uem.Read(uem, "uem")["conversation0001"].Sum(r => r.Length), 9);
    }

    [Fact]
    public async Task TheSeedSaysAll()
    {
        foreach (var (name, seed) in ((string, string)[])[("one", "7"), ("two", "7"), ("other", "8")])
            Assert.Equal(0, (await Run("--out", _folder[name], "--count", "1", "--minutes", "0.1", "--seed", seed)).Code);
        Assert.Equal(Audio("one"), Audio("two"));
        Assert.NotEqual(Audio("one"), Audio("other"));

        byte[] Audio(string name) => File.ReadAllBytes(_folder[name + "/conversation0001.wav"]);
    }

    [Fact]
    public void StatisticsOfOthersStandBeside()
    {
        Directory.CreateDirectory(_folder["real"]);
        File.WriteAllText(_folder["real/m.rttm"], "SPEAKER m 1 0.00 30.00 <NA> <NA> anna <NA> <NA>\nSPEAKER m 1 15.00 30.00 <NA> <NA> bert <NA> <NA>\n");
        File.WriteAllText(_folder["real/m.uem"], "m 1 0.000 90.000\n");
        var (code, output, error) = Program("--out", _folder["made"], "--count", "1", "--minutes", "0.1", "--compare", _folder["real"], _folder["real/m.rttm"]);
        Assert.True(code == 0, error);
        string[] rows = [.. output.Split('\n').Where(l => l.Contains("real", StringComparison.Ordinal) && !l.Contains("wrote", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        // A minute and a half, two people, half of it silent, a third of the speech common.
        Assert.All(rows, row =>
        {
            foreach (string figure in (string[])["1.5", "2.0", "50.0", "33.3"])
                Assert.Contains(figure, row, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task ValidationSpeakersAreOthers()
    {
        var (code, error) = await Run("--out", _folder["made"], "--count", "1", "--minutes", "0.1", "--validation-speakers");
        Assert.True(code == 0, error);
        Configure("[2, 6]");
        Assert.Contains("The data has 4 speakers for a conversation of up to 6", (await Run("--out", _folder["made"], "--validation-speakers")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--count is 0", "--count", "0")]
    [InlineData("--minutes 0.01", "--minutes", "0.01")]
    [InlineData("--minutes NaN", "--minutes", "NaN")]
    [InlineData("--minutes 121", "--minutes", "121")]
    [InlineData("none.rttm does not exist", "--compare", "none.rttm")]
    [InlineData("holds no RTTM", "--compare", ".")]
    public async Task MistakesAreNamed(string expected, params string[] arguments)
    {
        if (arguments[^1] == ".")
            arguments[^1] = _folder.Path;
        var (code, error) = await Run(["--out", _folder["made"], .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["made"]));
    }

    [Fact]
    public async Task AConfigurationOfAnotherKindIsRefused()
    {
        File.WriteAllText(_folder["run.json"], """{ "name": "x", "voiceActivity": { } }""");
        var (code, error) = await Run("--out", _folder["made"]);
        Assert.Equal(2, code);
        Assert.Contains("run.json has no section segmentation; give a configuration like training/segmentation.json.", error, StringComparison.Ordinal);
    }

    private List<SpeakerSegment> Read(string folder, string name)
    {
        using var reader = new StreamReader(_folder[$"{folder}/{name}.rttm"]);
        return [.. Rttm.Read(reader, name)];
    }

    private void Configure(string speakers) => File.WriteAllText(_folder["run.json"], $$"""
        {
          "name": "x",
          "data": { "validationShare": 0.5 },
          "segmentation": { "conversation": { "speakers": {{speakers}}, "nobody": 0 } }
        }
        """);

    private string[] Command(string[] arguments) => ["simulate", _folder["run.json"], "--data", _folder.Path, "--cache", _folder["cache"], .. arguments];

    private (int Code, string Output, string Error) Program(params string[] arguments) => TrainerProcess.Run(_folder, Command(arguments));

    private async Task<(int Code, string Error)> Run(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        Console.SetOut(TextWriter.Null);
        Console.SetError(said);
        try
        {
            return (await CommandLineProgram.Run(new RootCommand { SimulateCommand.Create() }, Command(arguments)), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
