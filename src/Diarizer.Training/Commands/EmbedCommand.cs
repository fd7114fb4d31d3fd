using System.CommandLine;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train embed --manifest TSV --out E.npy</c>.</summary>
internal static class EmbedCommand
{
    public static Command Create()
    {
        var input = new EmbeddingInput();
        var target = new Option<string>("--out") { Description = "NumPy file: float32 [N, D], a row for each utterance in manifest order", Required = true };
        var command = new Command("embed", "Embeds the utterances of a manifest") { target };
        input.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var (utterances, model, embedder) = input.Open(parsed, cancellation);
            using (model)
            using (var writer = new NpyWriter(parsed.GetValue(target)!, utterances.Count, model.Dimension))
            {
                foreach (float[] rows in embedder.Embed(utterances))
                {
                    cancellation.ThrowIfCancellationRequested();
                    writer.Write(rows);
                }
            }
            Console.WriteLine($"wrote {utterances.Count} embeddings to {parsed.GetValue(target)}");
            return 0;
        }, CancellationToken.None));
        return command;
    }
}
