namespace Diarizer.Service.Identity;

/// <summary>The registry of the state directory, if there is a key for it.</summary>
/// <param name="Registry">Who is enrolled; null without a key.</param>
/// <param name="WhyOff">Why there is none, one sentence.</param>
/// <param name="IsTrouble">True when somebody expects it to work: a key is configured, or people are enrolled.</param>
public sealed record OpenedRegistry(SpeakerRegistry? Registry, string? WhyOff, bool IsTrouble)
{
    /// <summary>Opens it; without a key, what must be erased is erased all the same.</summary>
    public static OpenedRegistry Open(EnrolmentSettings settings, string stateDirectory, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isExpected = settings.KeyFile is { Length: > 0 } || SpeakerRegistry.IsThereOne(stateDirectory);
        try
        {
            if (EnrolmentKey.Locate(settings.KeyFile) is { } path)
                return new(new SpeakerRegistry(stateDirectory, EnrolmentKey.Read(path), time), null, false);
            SpeakerRegistry.EraseExpired(stateDirectory, time);
            return new(null, "Nobody can be enrolled or recognised, as there is no key; make one with \"diarizer key\", see docs/enrolment.md.", isExpected);
        }
        catch (UserErrorException e)
        {
            return new(null, e.Message, isExpected);
        }
    }
}
