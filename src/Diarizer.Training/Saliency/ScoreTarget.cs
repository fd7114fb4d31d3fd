namespace Diarizer.Training.Saliency;

/// <summary>What is differentiated.</summary>
internal enum ScoreTarget
{
    /// <summary>The logit of the speaker in the classifier that the run was trained with.</summary>
    Classifier,

    /// <summary>The cosine to the mean embedding of the speaker's crops.</summary>
    Mean,
}
