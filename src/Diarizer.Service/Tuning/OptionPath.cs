using System.Globalization;
using System.Reflection;
using Diarizer.Service.Options;
using Diarizer.Streaming;

namespace Diarizer.Service.Tuning;

/// <summary>One number among the options of the core, named as in the configuration, such as <c>Turns:MergeGap</c>. Found by reflection, so that it works for options to come.</summary>
internal sealed class OptionPath
{
    private static readonly Type[] Numbers = [typeof(double), typeof(float), typeof(int), typeof(bool)];

    private readonly PropertyInfo[] _properties;

    private OptionPath(string name, PropertyInfo[] properties) => (Name, _properties) = (name, properties);

    /// <summary>Its name, as the options spell it.</summary>
    public string Name { get; }

    /// <summary>True when it has whole values only; a switch is 0 or 1.</summary>
    public bool IsWhole => ValueType == typeof(int) || ValueType == typeof(bool);

    private Type ValueType => _properties[^1].PropertyType;

    /// <summary>Finds an option.</summary>
    /// <exception cref="UserErrorException">There is no such number.</exception>
    public static OptionPath Parse(string name)
    {
        var type = typeof(PipelineOptions);
        var properties = new List<PropertyInfo>();
        foreach (var part in name.Split(':'))
        {
            var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).ToList();
            var property = known.Find(p => p.Name.Equals(part, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                var advice = known.Count > 0 ? $"; did you mean {string.Join(':', [.. properties.Select(p => p.Name), NearestName.Of(part, known.Select(p => p.Name))])}?" : ".";
                throw new UserErrorException($"{ForeignText.Clip(name)} is no option of the core{advice}");
            }

            properties.Add(property);
            type = property.PropertyType;
        }

        return Numbers.Contains(type)
            ? new OptionPath(string.Join(':', properties.Select(p => p.Name)), [.. properties])
            : throw new UserErrorException($"{ForeignText.Clip(name)} is no number, so it cannot be searched; name a number such as Turns:MergeGap.");
    }

    /// <summary>All numbers and switches among the options.</summary>
    public static IEnumerable<OptionPath> All() => Below(typeof(PipelineOptions), []);

    /// <summary>Its value.</summary>
    public double Get(PipelineOptions options)
    {
        object value = options;
        foreach (var property in _properties)
            value = property.GetValue(value)!;
        return Convert.ToDouble(value, CultureInfo.InvariantCulture);
    }

    /// <summary>The same options with another value.</summary>
    public PipelineOptions With(PipelineOptions options, double value) => (PipelineOptions)With(options, 0, value);

    /// <summary>The value as it stands in a configuration file.</summary>
    public object ToConfiguration(double value) => Convert.ChangeType(value, ValueType == typeof(float) ? typeof(double) : ValueType, CultureInfo.InvariantCulture);

    private static IEnumerable<OptionPath> Below(Type type, IReadOnlyList<PropertyInfo> above)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            PropertyInfo[] properties = [.. above, property];
            if (Numbers.Contains(property.PropertyType))
                yield return new OptionPath(string.Join(':', properties.Select(p => p.Name)), properties);
            else if (property.PropertyType.GetMethod("<Clone>$") is not null)
            {
                foreach (var path in Below(property.PropertyType, properties))
                    yield return path;
            }
        }
    }

    private object With(object record, int depth, double value)
    {
        var property = _properties[depth];
        var copy = Copy(record);
        property.SetValue(copy, depth == _properties.Length - 1
            ? Convert.ChangeType(value, property.PropertyType, CultureInfo.InvariantCulture)
            : With(property.GetValue(record)!, depth + 1, value));
        return copy;
    }

    // What "with" compiles to.
    private static object Copy(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
}
