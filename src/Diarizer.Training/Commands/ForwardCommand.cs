using System.CommandLine;
using System.Runtime.InteropServices;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train forward --model M --features F.npy --out E.npy</c>: to compare a network with another implementation on equal features.</summary>
internal static class ForwardCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Weights or card of the embedder", Required = true };
        var source = new Option<string>("--features") { Description = "NumPy file: float32 [N, frames, bins]", Required = true };
        var target = new Option<string>("--out") { Description = "NumPy file: float32 [N, D], the network's output before normalisation", Required = true };
        var threads = CommonOptions.Threads();
        var command = new Command("forward", "Runs an embedder's network on features that were made elsewhere") { model, source, target, threads };
        command.SetAction((parsed, _) => Task.Run(() =>
        {
            CommonOptions.Apply(parsed.GetValue(threads));
            var (shape, values) = NpyReader.Read(parsed.GetValue(source)!);
            var (_, network) = ModelFile.Load(parsed.GetValue(model)!, ModelKind.SpeakerEmbedding);
            using (network)
            {
                var trunk = (ISpeakerTrunk)network;
                if (shape is not [> 0, var frames, var bins] || bins != trunk.InputBins || frames < trunk.MinimumFrames)
                    throw new UserErrorException($"The features have shape [{string.Join(", ", shape)}]; {trunk.Name} takes [N, frames, {trunk.InputBins}] with at least {trunk.MinimumFrames} frames.");
                using var writer = new NpyWriter(parsed.GetValue(target)!, shape[0], trunk.OutputSize);
                for (int i = 0; i < shape[0]; i++)
                    writer.Write(Embed(network, values.AsSpan(i * frames * bins, frames * bins).ToArray(), frames, bins));
            }
            Console.WriteLine($"wrote {shape[0]} embeddings to {parsed.GetValue(target)}");
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static float[] Embed(nn.Module<Tensor, Tensor> network, float[] features, int frames, int bins)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var output = network.call(tensor(features).reshape(1, frames, bins).transpose(1, 2)).contiguous();
        return MemoryMarshal.Cast<byte, float>(output.bytes).ToArray();
    }
}
