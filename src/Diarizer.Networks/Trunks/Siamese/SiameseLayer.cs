namespace Diarizer.Networks.Trunks.Siamese;

/// <summary>The layer of a siamese branch that is taken as the embedding.</summary>
public enum SiameseLayer
{
    /// <summary>The last states of the second recurrent layer, forward and backward.</summary>
    Recurrent,

    /// <summary>The first dense layer after its activation.</summary>
    FirstDense,

    /// <summary>The last layer, on which the pairwise loss works; for comparison only, it separates known speakers and not unknown ones.</summary>
    Output,
}
