using System.CommandLine;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train embed --manifest TSV --out E.npy</c>.</summary>
internal static class EmbedCommand
{
    public static Command Create()
    {
        var speech = new SpeechInput();
        var input = new EmbeddingInput(several: false);
        var target = new Option<string>("--out") { Description = "NumPy file: float32 [N, D], a row for each utterance in manifest order; their names go into a text file beside it", Required = true };
        var command = new Command("embed", "Embeds the utterances of a manifest") { target };
        speech.AddTo(command);
        input.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var crops = input.Crops(parsed)[0];
            var source = speech.Open(parsed, cancellation);
            using var model = input.Load(parsed, input.Models(parsed)[0].Path);
            var (utterances, library) = source.Decode(source.Utterances, cancellation);
            using (var writer = new NpyWriter(parsed.GetValue(target)!, utterances.Count, model.Dimension))
            {
                foreach (float[] rows in new UtteranceEmbedder(model, library, crops).Embed(utterances))
                {
                    cancellation.ThrowIfCancellationRequested();
                    writer.Write(rows);
                }
            }
            File.WriteAllLines(parsed.GetValue(target) + ".txt", utterances.Select(u => u.Id));
            Console.WriteLine($"wrote {utterances.Count} embeddings to {parsed.GetValue(target)}");
            return 0;
        }, CancellationToken.None));
        return command;
    }
}
