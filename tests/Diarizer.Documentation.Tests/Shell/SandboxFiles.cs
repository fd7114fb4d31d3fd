using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Diarizer.Audio.Files;
using Diarizer.Service.Tests;
using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Service.Tests.Tuning;
using Diarizer.Streaming.Scoring;
using Diarizer.Tests.Shared;

namespace Diarizer.Documentation.Tests.Shell;

/// <summary>The files that pages speak of: recordings, a data set, rooms with microphones.</summary>
internal static class SandboxFiles
{
    private const double Meeting = 10;

    // Where Ada speaks alone (samples/conversation.rttm).
    private static readonly (double Start, double Seconds)[] Ada = [(27.27, 3.0), (49.22, 2.8), (59.22, 2.1), (80.68, 3.3)];

    /// <summary>Puts the files that <paramref name="text"/> mentions into a folder.</summary>
    public static void Fill(TemporaryFolder folder, string text)
    {
        foreach (var name in (string[])["home", "root/etc/diarizer", "root/etc/systemd/system", "root/etc/mosquitto/conf.d", "root/opt", "root/var/lib/diarizer", "root/backup", "root/credentials", "root/usr/share/doc/diarizer"])
            Directory.CreateDirectory(folder.File(name));
        Directory.CreateSymbolicLink(folder.File("root/usr/share/doc/diarizer/examples"), Repository.PathTo("samples"));
        foreach (var name in (string[])["systemd", "packaging"])
            Directory.CreateSymbolicLink(folder.File(name), Repository.PathTo(name));
        Directory.CreateSymbolicLink(folder.File("out"), AppContext.BaseDirectory);
        File.Copy(Repository.PathTo("appsettings.json"), folder.File("appsettings.json"));
        folder.Write("root/credentials/mqtt-password", "secret\n");
        folder.Write("root/etc/diarizer/ca.pem", Certificates.Authority);
        // The package's own configuration is there before anybody changes it.
        File.Copy(Repository.PathTo("packaging", "debian", "appsettings.json"), folder.File("root/etc/diarizer/appsettings.json"));
        AddRecordings(folder, text);
        AddMicrophones(folder);
        if (Says("DATA"))
            AddDataSet(folder, text);
        if (Says("models/") || Says("a.safetensors"))
            AddModels(folder);
        if (Says("training/"))
        {
            CopyTree(Repository.PathTo("training"), folder.File("training"));
            var weights = folder.File("training/systems/attention/");
            File.Copy(weights + "clean.json", weights + "aug.json", overwrite: true);
        }

        bool Says(string part) => text.Contains(part, StringComparison.Ordinal);
    }

    private static void AddRecordings(TemporaryFolder folder, string text)
    {
        // The bundled conversation is cut short, and a file's format is told by what is in it.
        var audio = Sample.Cut(0, Meeting);
        Directory.CreateDirectory(folder.File("samples"));
        foreach (var file in Directory.EnumerateFiles(Repository.PathTo("samples")).Where(file => file != Sample.Path))
            File.CreateSymbolicLink(folder.File($"samples/{Path.GetFileName(file)}"), file);
        foreach (var name in (string[])["meeting.flac", "talk.flac", "samples/conversation.flac"])
            WavWriter.WriteMono(folder.File(name), audio);
        for (var i = 0; i < 2; i++)
            WavWriter.WriteMono(folder.File($"ann-{i + 1}.wav"), [.. Ada[(2 * i)..(2 * i + 2)].SelectMany(p => Sample.Cut(p.Start, p.Seconds).Concat(new float[4000]))]);
        foreach (var name in (string[])["CONVERSATIONS", "recordings", "real"])
        {
            if (!text.Contains(name, StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(folder.File(name));
            using var pieces = new TemporaryFolder();
            TuningFolder.Fill(pieces, 2, 8);
            foreach (var piece in Directory.EnumerateFiles(pieces.Path))
                File.Copy(piece, folder.File($"{name}/{Path.GetFileName(piece).Replace(".wav", ".flac", StringComparison.Ordinal)}"));
            File.WriteAllLines(folder.File($"{name}/all.uem"), Directory.EnumerateFiles(folder.File(name), "*.rttm").Select(file => $"{Path.GetFileNameWithoutExtension(file)} 1 0 8"));
        }

        using var reader = new StreamReader(Repository.PathTo("samples", "conversation.rttm"));
        var truth = Rttm.Read(reader, "conversation.rttm").Select(s => s with { Recording = "meeting" }).ToList();
        Write("reference.rttm", truth);
        Write("hypothesis.rttm", truth.Select(s => s with { Speaker = s.Speaker is "ada" ? "s1" : "s2" }));

        void Write(string name, IEnumerable<SpeakerSegment> segments)
        {
            using var writer = new StreamWriter(folder.File(name));
            Rttm.Write(writer, segments);
        }
    }

    // alsa:default and plughw hear the bundled conversation; hw has two channels of silence.
    private static void AddMicrophones(TemporaryFolder folder)
    {
        File.WriteAllBytes(folder.File("room.raw"), MemoryMarshal.AsBytes(Sample.Cut(0, 30).AsSpan()));
        folder.Write("asound.conf", $$"""
            pcm.silence { type null }
            pcm.room { type file slave.pcm silence file "/dev/null" infile "{{folder.File("room.raw")}}" format "raw" }
            pcm.default { type plug slave { pcm room channels 1 rate 16000 } hint { show on description "The room's microphone" } }
            pcm.plughw {
                @args [ CARD DEV ]
                @args.CARD { type string default "0" }
                @args.DEV { type integer default 0 }
                type plug slave { pcm room channels 1 rate 16000 }
            }
            pcm.hw {
                @args [ CARD DEV ]
                @args.CARD { type string default "0" }
                @args.DEV { type integer default 0 }
                type multi
                slaves.a { pcm silence channels 2 }
                bindings.0 { slave a channel 0 }
                bindings.1 { slave a channel 1 }
            }
            """);
    }

    private static void AddModels(TemporaryFolder folder)
    {
        CopyTree(Repository.PathTo("models"), folder.File("models"));
        foreach (var name in (string[])["a", "b"])
        {
            foreach (var ending in (string[])[".safetensors", ".json"])
                File.Copy(Repository.PathTo("models", "embedder" + ending), folder.File(name + ending));
        }
    }

    // Made-up speakers, two thirds of them to train with, and what VoxCeleb calls a list of trials.
    private static void AddDataSet(TemporaryFolder folder, string text)
    {
        const int speakers = 36, utterances = 2;
        const double seconds = 2;
        Directory.CreateDirectory(folder.File("DATA"));
        var rows = new StringBuilder("utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\n");
        for (var s = 0; s < speakers; s++)
        {
            WavWriter.WriteMono(folder.File($"DATA/s{s}.wav"), [.. Enumerable.Range(0, utterances).SelectMany(u => Voice(s, u, seconds))]);
            for (var u = 0; u < utterances; u++)
                rows.Append(CultureInfo.InvariantCulture, $"s{s}-{u}\ts{s}\tmade\t{((string[])["test", "dev", "train", "train", "train", "train"])[s % 6]}\tcall{u}\ts{s}.wav\t{u * seconds:F1}\t{seconds:F1}\n");
        }

        folder.Write("DATA/speech.tsv", rows.ToString());
        WavWriter.WriteMono(folder.File("DATA/noise.wav"), [.. Enumerable.Range(0, 32_000).Select(i => 0.1f * MathF.Sin(i * i % 977))]);
        WavWriter.WriteMono(folder.File("DATA/room.wav"), [.. Enumerable.Range(0, 3200).Select(i => i == 100 ? 1 : i > 100 ? 0.05f * MathF.Sin(i * 1.7f) * MathF.Exp(-i / 800f) : 0)]);
        folder.Write("DATA/noise.tsv", "file\tkind\tname\tduration_s\tlicence\nnoise.wav\tnoise\tn\t2\tmade here\nroom.wav\trir\tr\t0.2\tmade here\n");
        if (!text.Contains("voxceleb1/", StringComparison.Ordinal))
            return;
        for (var s = 0; s < 3; s++)
        {
            for (var u = 0; u < 2; u++)
            {
                Directory.CreateDirectory(folder.File($"voxceleb1/id{s}/v{u}"));
                WavWriter.WriteMono(folder.File($"voxceleb1/id{s}/v{u}/00001.wav"), Voice(s, u, seconds));
            }
        }

        folder.Write("veri_test2.txt", "1 id0/v0/00001.wav id0/v1/00001.wav\n1 id1/v0/00001.wav id1/v1/00001.wav\n0 id0/v0/00001.wav id1/v0/00001.wav\n0 id1/v1/00001.wav id2/v0/00001.wav\n");
    }

    // Harmonics of a speaker's pitch under a speaker's formant, with pauses at both ends.
    private static float[] Voice(int speaker, int utterance, double seconds)
    {
        var samples = new float[(int)(seconds * 16_000)];
        double pitch = 90 + 4 * speaker, formant = 500 + 60 * speaker;
        for (var i = 1600; i < samples.Length - 1600; i++)
        {
            double t = i / 16_000.0, sum = 0;
            for (var h = 1; h < 12; h++)
                sum += Math.Sin(2 * Math.PI * pitch * h * t * (1 + 0.01 * utterance)) * Math.Exp(-Math.Pow((pitch * h - formant) / 500, 2));
            samples[i] = (float)(0.1 * sum * (1 + 0.3 * Math.Sin(2 * Math.PI * (3 + utterance) * t)));
        }

        return samples;
    }

    private static void CopyTree(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            CopyTree(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
