using System.Globalization;

namespace Diarizer.Features;

/// <summary>The one wording of "this option is out of bounds".</summary>
internal static class Bounds
{
    public static void Require(bool holds, string part, string name, IFormattable value, string allowed)
    {
        if (!holds)
            throw new UserErrorException($"The {part} option {name} is {value.ToString(null, CultureInfo.InvariantCulture)}; it must be {allowed}.");
    }
}
