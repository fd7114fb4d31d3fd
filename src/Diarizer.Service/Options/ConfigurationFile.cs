using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Diarizer.Service.Options;

/// <summary>Finds and reads <c>appsettings.json</c>, then lays the environment over it.</summary>
public static class ConfigurationFile
{
    /// <summary>The administrator's own file; it replaces the one that ships beside the executable.</summary>
    public const string SystemPath = "/etc/diarizer/appsettings.json";

    /// <summary>The file that <see cref="Load"/> reads: the given one, else <see cref="SystemPath"/>, else the one beside the executable; null when there is none.</summary>
    /// <exception cref="UserErrorException">A given file does not exist.</exception>
    public static string? Locate(string? given)
    {
        if (given is not null)
            return File.Exists(given) ? Path.GetFullPath(given) : throw new UserErrorException($"The configuration file {given} does not exist; check --config.");
        return new[] { SystemPath, Path.Combine(AppContext.BaseDirectory, "appsettings.json") }.FirstOrDefault(File.Exists);
    }

    /// <summary>Reads the file (or none) and the environment; <c>DIARIZER__MQTT__HOST</c> stands for <c>Diarizer:Mqtt:Host</c>.</summary>
    /// <exception cref="UserErrorException">The file is not JSON or cannot be read.</exception>
    public static IConfigurationRoot Load(string? path)
    {
        try
        {
            var builder = new ConfigurationBuilder();
            if (path is not null)
                builder.AddJsonFile(path, optional: false, reloadOnChange: false);
            return builder.AddEnvironmentVariables().Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            var reason = e.GetBaseException() is JsonException json ? $"line {json.LineNumber + 1}: {json.Message.Split(" LineNumber")[0].TrimEnd('.')}" : e.GetBaseException().Message.TrimEnd('.');
            throw new UserErrorException($"The configuration file {path} cannot be read ({ForeignText.Clip(reason, 200)}); correct it or give another with --config.", e);
        }
    }
}
