using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Diarizer.Service.Tests.Contract;

/// <summary>The documentation comments of the source as descriptions in plain text, with the names that the messages have.</summary>
internal static class XmlDescriptions
{
    private static readonly Dictionary<string, XElement> Members = ((string[])["Diarizer.Mqtt", "Diarizer.Streaming", "diarizer"])
        .SelectMany(file => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{file}.xml")).Descendants("member"))
        // Generated code may be the same in several assemblies.
        .DistinctBy(m => m.Attribute("name")!.Value)
        .ToDictionary(m => m.Attribute("name")!.Value);

    public static string? Of(Type type) => Text(Summary($"T:{NameOf(type)}"));

    /// <summary>Of a property, or of the parameter of a record that it was made from.</summary>
    public static string? Of(Type type, string property)
    {
        var parameter = Members.GetValueOrDefault($"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == property);
        return Text(Summary($"P:{NameOf(type)}.{property}") ?? parameter);
    }

    public static string? Of(MemberInfo property) => Of(property.DeclaringType!, property.Name);

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static XElement? Summary(string member) => Members.GetValueOrDefault(member)?.Element("summary");

    private static string? Text(XElement? element) =>
        element is null ? null : Regex.Replace(string.Concat(element.Nodes().Select(Text)), @"\s+", " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{Name(see.Attribute("cref")!.Value)}`",
        XElement element => $"`{element.Value}`",
        _ => "",
    };

    private static string Name(string reference)
    {
        var name = reference.Split('.')[^1];
        return reference[0] == 'T' ? name : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }
}
