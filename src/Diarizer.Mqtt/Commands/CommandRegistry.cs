namespace Diarizer.Mqtt.Commands;

/// <summary>The commands of a node. Fill it before the dispatcher starts.</summary>
public sealed class CommandRegistry
{
    private readonly SortedDictionary<string, ICommand> _commands = new(StringComparer.Ordinal);

    /// <summary>Names of all commands, in order.</summary>
    public IReadOnlyCollection<string> Names => _commands.Keys;

    /// <summary>All commands, in order of their names.</summary>
    public IReadOnlyCollection<ICommand> All => _commands.Values;

    /// <summary>Adds a command.</summary>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">The name cannot be part of a topic, or is taken.</exception>
    public CommandRegistry Add(ICommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!IsName(command.Name))
            throw new ArgumentException($"\"{command.Name}\" cannot be the name of a command.", nameof(command));
        _commands.Add(command.Name, command);
        return this;
    }

    /// <summary>The command of that name; null when there is none.</summary>
    public ICommand? Find(string name) => _commands.GetValueOrDefault(name);

    /// <summary>True for one to three segments of <c>[a-z0-9_-]</c>.</summary>
    internal static bool IsName(string name) =>
        name.Length <= 100 && name.Split('/') is { Length: <= 3 } segments
        && segments.All(s => s.Length > 0 && s.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-'));
}
