namespace Diarizer.Training.Configuration;

/// <summary>Options that know their bounds.</summary>
internal interface IValidated
{
    /// <summary>Tells <paramref name="check"/> about every value that is out of bounds.</summary>
    void Validate(OptionCheck check);
}
