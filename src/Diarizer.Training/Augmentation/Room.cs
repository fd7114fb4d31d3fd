using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Diarizer.Audio;
using Diarizer.Audio.Files;
using Diarizer.Training.Data;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Diarizer.Training.Augmentation;

/// <summary>
/// Places the voice in a recorded room: convolution by Fourier transform, direct sound where it was, energy as it was. The responses
/// are shared; an instance belongs to one thread.
/// </summary>
internal sealed class Room(RoomOptions options, IReadOnlyList<ImpulseResponse> responses) : IAugmentation
{
    public double Probability => options.Probability;

    /// <summary>Loads the responses of a noise list, each cut to the configured length; none where there is no list or rooms are never used.</summary>
    public static IReadOnlyList<ImpulseResponse> Load(NoiseLibrary? library, RoomOptions options)
    {
        if (library is null || options.Probability <= 0)
            return [];
        int longest = (int)SampleClock.FromSeconds(options.Seconds);
        return [.. library.Rooms.Select(file => ImpulseResponse.From(AudioFile.ReadMono16k(file), longest))];
    }

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random) =>
        Convolve(samples, responses[random.Below(responses.Count)]);

    /// <summary>Convolves in place, keeping length, timing and power.</summary>
    public static void Convolve(Span<float> samples, ImpulseResponse response)
    {
        float before = Level.Power(samples);
        if (before <= 0)
            return;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        long size = FastSize(samples.Length + response.Taps.Length);
        var spectrum = fft.rfft(Copy(samples), size) * fft.rfft(Copy(response.Taps), size);
        var wet = MemoryMarshal.Cast<byte, float>(fft.irfft(spectrum, size).bytes).Slice(response.Direct, samples.Length);
        wet.CopyTo(samples);
        float after = Level.Power(samples);
        if (after > 0)
            TensorPrimitives.Multiply(samples, MathF.Sqrt(before / after), samples);
    }

    private static Tensor Copy(ReadOnlySpan<float> samples)
    {
        var tensor = empty(samples.Length);
        samples.CopyTo(MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return tensor;
    }

    /// <summary>The smallest even product of 2, 3 and 5 that is not below <paramref name="least"/>: transforms of such lengths are fast.</summary>
    private static long FastSize(long least)
    {
        for (long size = least + (least & 1); ; size += 2)
        {
            long rest = size;
            foreach (int prime in (ReadOnlySpan<int>)[2, 3, 5])
            {
                while (rest % prime == 0)
                    rest /= prime;
            }
            if (rest == 1)
                return size;
        }
    }
}
