namespace Diarizer.Networks.VoiceActivity;

/// <summary>One recurrent layer: gates r, z, n stacked, as libtorch stores them.</summary>
internal sealed record GruWeights(DenseWeights Input, DenseWeights Hidden)
{
    public int Size => Hidden.Inputs;
}
