using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Diarizer.Service.Options;

/// <summary>
/// Turns a configuration section into an options record and notes everything that does not fit, so that all mistakes are shown at once.
/// The framework's own binder ignores unknown keys or stops at the first bad value.
/// </summary>
public sealed class StrictBinder
{
    // A hundred years, in seconds.
    private const double LongestSpan = 3.2e9;

    private readonly List<string> _problems = [];

    /// <summary>One sentence for each key that is unknown or holds a value of the wrong kind.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads <paramref name="section"/> into a new <typeparamref name="T"/>; keys that are absent keep their defaults.</summary>
    public T Bind<T>(IConfigurationSection section)
        where T : new() => (T)BindObject(typeof(T), section);

    private object BindObject(Type type, IConfigurationSection section)
    {
        var target = Activator.CreateInstance(type)!;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToArray();
        foreach (var child in section.GetChildren())
        {
            var property = properties.FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
                _problems.Add($"{child.Path} is not a known setting; did you mean {NearestName.Of(child.Key, properties.Select(p => p.Name))}?");
            else if (BindValue(property.PropertyType, child) is { } value)
                property.SetValue(target, value);
        }

        return target;
    }

    private object? BindValue(Type type, IConfigurationSection section)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        if (isList || (type != typeof(string) && type.IsClass))
        {
            if (!string.IsNullOrEmpty(section.Value))
                return Reject(section, $"is \"{section.Value}\"; it must be {(isList ? "a list, in brackets" : "a group of settings, in braces")}");
            return isList ? BindList(type.GetGenericArguments()[0], section) : BindObject(type, section);
        }

        if (section.GetChildren().Any())
            return Reject(section, "holds a group of settings; it must be a single value");
        if (string.IsNullOrEmpty(section.Value))
            return type == typeof(string) ? section.Value : null;
        return BindScalar(type, section, section.Value);
    }

    private object? BindScalar(Type type, IConfigurationSection section, string text)
    {
        if (type == typeof(string))
            return text.Any(char.IsControl) ? Reject(section, "holds a control character, such as a line break; remove it") : text;
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : Reject(section, $"is \"{text}\"; it must be true or false");
        if (type == typeof(int))
            return int.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? whole : Reject(section, $"is \"{text}\"; it must be a whole number");
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse(type, text, ignoreCase: true)
                : Reject(section, $"is \"{text}\"; it must be one of {string.Join(", ", Enum.GetNames(type))}");
        }

        if (type == typeof(TimeSpan) && text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : Reject(section, $"is \"{text}\"; it must be seconds or hh:mm:ss");
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return Reject(section, $"is \"{text}\"; it must be a number");
        if (type == typeof(TimeSpan))
            return Math.Abs(number) < LongestSpan ? TimeSpan.FromSeconds(number) : Reject(section, $"is {text} seconds; it must be a time that a person can wait for");
        return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
    }

    private IList BindList(Type element, IConfigurationSection section)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var child in section.GetChildren())
        {
            if (!int.TryParse(child.Key, CultureInfo.InvariantCulture, out _))
                Reject(child, $"is not a list entry; {section.Path} is a list, numbered from 0");
            else if (BindValue(element, child) is { } value)
                list.Add(value);
        }

        return list;
    }

    private object? Reject(IConfigurationSection section, string why)
    {
        _problems.Add($"{section.Path} {why}.");
        return null;
    }
}
