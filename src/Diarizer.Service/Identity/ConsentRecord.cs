using System.Globalization;

namespace Diarizer.Service.Identity;

/// <summary>That a person agreed to be recognised by voice. Nobody is enrolled without it, and the voiceprint is erased when it ends.</summary>
/// <param name="Purpose">What the voiceprint may be used for.</param>
/// <param name="GivenBy">Who gave consent: the person, or somebody who may speak for them.</param>
/// <param name="GivenAt">When, UTC.</param>
/// <param name="Expires">Until when, UTC.</param>
public sealed record ConsentRecord(string Purpose, string GivenBy, DateTimeOffset GivenAt, DateTimeOffset Expires)
{
    private const int LongestText = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10 * 366);

    /// <summary>Makes a record of what somebody wrote.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="givenBy">By whom.</param>
    /// <param name="givenAt">A date, or null for now.</param>
    /// <param name="expires">A date (<c>2027-12-31</c>, the end of that day), a time with zone, or days from now (<c>365d</c>).</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="UserErrorException">Something is missing or makes no sense.</exception>
    public static ConsentRecord Read(string? purpose, string? givenBy, string? givenAt, string? expires, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        var end = ReadExpiry(Required(expires, "until when (expires)"), now);
        var given = givenAt is null ? now : ReadTime(givenAt, "given", endOfDay: false);
        if (given > now + TimeSpan.FromDays(1))
            throw new UserErrorException($"Consent cannot have been given in the future ({ForeignText.Clip(givenAt)}); give the day on which it was.");
        if (end <= now)
            throw new UserErrorException($"The consent has ended ({expires}); nobody is enrolled without one that holds.");
        if (end > now + Longest)
            throw new UserErrorException($"Consent until {expires} is too long; 10 years are the most.");
        return new(Required(purpose, "what for (purpose)"), Required(givenBy, "by whom (given by)"), given, end);
    }

    /// <summary>True when it has ended.</summary>
    public bool HasEnded(DateTimeOffset now) => now >= Expires;

    private static string Required(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new UserErrorException($"Nobody is enrolled without a record of their consent: it does not say {what}.");
        return text.Length <= LongestText && !text.Any(char.IsControl) ? text.Trim()
            : throw new UserErrorException($"The record of consent says {what} in more than {LongestText} characters, or with control characters; shorten it.");
    }

    private static DateTimeOffset ReadExpiry(string text, DateTimeOffset now) =>
        text.EndsWith('d') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 10 * 366
            ? now.AddDays(days)
            : ReadTime(text, "expires", endOfDay: true);

    private static DateTimeOffset ReadTime(string text, string what, bool endOfDay)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(endOfDay && day < DateOnly.MaxValue ? 1 : 0);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UserErrorException($"{what} is \"{ForeignText.Clip(text)}\"; it must be a date such as 2027-12-31{(endOfDay ? ", or days such as 365d" : "")}.");
    }
}
