namespace Diarizer.Fuzz;

/// <summary>Something that reads what strangers give it.</summary>
public interface IFuzzTarget : IDisposable
{
    /// <summary>Its name in reports and on the command line.</summary>
    string Name { get; }

    /// <summary>Inputs to begin with, one at least; good ones lead furthest.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Pieces that mean something to it.</summary>
    IReadOnlyList<string> Words { get; }

    /// <summary>True when inputs are JSON, perhaps after something else.</summary>
    bool IsJson => false;

    /// <summary>Reads an input.</summary>
    /// <returns>What came of it; the same text stands for the same path through the reader, as far as that can be told from outside.</returns>
    /// <exception cref="UserErrorException">It was refused; the message is the reason.</exception>
    /// <exception cref="FuzzException">A promise was broken. Any other exception is a crash.</exception>
    string Read(byte[] input);
}

/// <summary>A promise that an input broke.</summary>
/// <param name="promise">Which, in a few words.</param>
public sealed class FuzzException(string promise) : Exception(promise);
