using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.FrequencyTime;

/// <summary>
/// The attention of Yang et al.'s ResCNN on [B, C, T, F]: a gate for each channel and time from the means over frequency, a gate for each channel and
/// frequency from the means over time, and the mean of both results.
/// </summary>
internal sealed class FrequencyTimeAttention : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d cov_t;
    private readonly Conv2d cov_f;

    public FrequencyTimeAttention(int channels)
        : base(nameof(FrequencyTimeAttention))
    {
        cov_t = nn.Conv2d(channels, channels, (7L, 1L), padding: (3L, 0L));
        cov_f = nn.Conv2d(channels, channels, (1L, 7L), padding: (0L, 3L));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var times = cov_t.call(Mean(input, 3)).sigmoid();
        var frequencies = cov_f.call(Mean(input, 2)).sigmoid();
        return (input * ((times + frequencies) / 2).to(input.dtype)).MoveToOuterDisposeScope();
    }

    private static Tensor Mean(Tensor input, long dimension) => input.mean([dimension], keepdim: true).to(ScalarType.Float32);
}
