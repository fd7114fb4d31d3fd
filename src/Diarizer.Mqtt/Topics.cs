namespace Diarizer.Mqtt;

/// <summary>The topics of one node, all below <c>diarizer/&lt;node&gt;</c>.</summary>
public sealed class Topics
{
    internal const int MaxSegmentLength = 64;

    /// <param name="node">Name of the node, <c>[a-z0-9_-]</c>.</param>
    /// <exception cref="UserErrorException">The name cannot be a topic segment.</exception>
    public Topics(string node) => Base = $"diarizer/{CheckSegment(node, "Mqtt:Node")}";

    /// <summary><c>diarizer/&lt;node&gt;</c>.</summary>
    public string Base { get; }

    /// <summary><c>online</c> or <c>offline</c>, retained; the last will is set here.</summary>
    public string Status => $"{Base}/status";

    /// <summary>What runs here, retained.</summary>
    public string Info => $"{Base}/info";

    /// <summary>How it runs, retained.</summary>
    public string Health => $"{Base}/health";

    /// <summary>The status of every stream that ever was on this node.</summary>
    public string AllStreamStatus => $"{Base}/streams/+/status";

    /// <summary>What happens apart from turns, not retained.</summary>
    public string Event => $"{Base}/event";

    /// <summary>Every command that is sent to this node.</summary>
    public string AllRequests => $"{Base}/request/#";

    /// <summary>Where a command such as <c>stream/mute</c> is sent to.</summary>
    public string Request(string command) => $"{Base}/request/{command}";

    /// <summary>Where a command is answered.</summary>
    public string Response(string command) => $"{Base}/response/{command}";

    /// <summary>The topics of one stream.</summary>
    /// <exception cref="UserErrorException">The name cannot be a topic segment.</exception>
    public StreamTopics Stream(string stream) => new($"{Base}/streams/{CheckSegment(stream, "the name of a stream")}");

    /// <summary>Checks that <paramref name="segment"/> is 1 to 64 characters of <c>[a-z0-9_-]</c>.</summary>
    /// <returns><paramref name="segment"/>.</returns>
    /// <exception cref="UserErrorException">It is not; <paramref name="what"/> tells the user what to change.</exception>
    public static string CheckSegment(string? segment, string what)
    {
        return IsSegment(segment) ? segment! : throw new UserErrorException(
            $"{what} is \"{segment}\", but must be 1 to {MaxSegmentLength} characters out of a-z, 0-9, _ and - because it becomes part of MQTT topics.");
    }

    internal static bool IsSegment(string? segment) => segment is { Length: >= 1 and <= MaxSegmentLength }
        && segment.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}

/// <summary>The topics of one stream, below <c>diarizer/&lt;node&gt;/streams/&lt;stream&gt;</c>.</summary>
public sealed class StreamTopics
{
    internal StreamTopics(string @base) => Base = @base;

    /// <summary><c>diarizer/&lt;node&gt;/streams/&lt;stream&gt;</c>.</summary>
    public string Base { get; }

    /// <summary><c>online</c>, <c>degraded</c>, <c>muted</c> or <c>offline</c>, retained.</summary>
    public string Status => $"{Base}/status";

    /// <summary><c>ON</c> or <c>OFF</c>, retained.</summary>
    public string Speech => $"{Base}/speech";

    /// <summary>Who speaks now, retained, at most five a second.</summary>
    public string State => $"{Base}/state";

    /// <summary>Who was heard in the session, retained.</summary>
    public string Speakers => $"{Base}/speakers";

    /// <summary>Turn events, in order, not retained.</summary>
    public string Turns => $"{Base}/turns";

    /// <summary>The retained topics.</summary>
    internal IReadOnlyList<string> Retained => [Status, Speech, State, Speakers];
}
