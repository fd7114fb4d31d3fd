using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Diarizer.Service.Options;

/// <summary>The options in effect. Some can change while the daemon runs; the others take a restart.</summary>
public sealed class LiveOptions
{
    private readonly Func<LoadedOptions> _load;
    private readonly IConfigurationRoot _configuration;
    private readonly Lock _gate = new();
    private DiarizerOptions _options;

    /// <param name="loaded">What the daemon started with.</param>
    /// <param name="load">Reads the same sources again.</param>
    public LiveOptions(LoadedOptions loaded, Func<LoadedOptions> load)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        (_options, _configuration, _load) = (loaded.Options, loaded.Configuration, load);
    }

    /// <summary>The options in effect now.</summary>
    public DiarizerOptions Current
    {
        get
        {
            lock (_gate)
                return _options;
        }
    }

    /// <summary>Reads the configuration again and applies what can be: log levels at once, the thresholds of the core with the next session.</summary>
    /// <returns>Keys with new values that hold now, and keys whose new values need a restart.</returns>
    /// <exception cref="UserErrorException">The configuration has faults; nothing was changed.</exception>
    public (IReadOnlyList<string> Applied, IReadOnlyList<string> RestartNeeded) Reload()
    {
        lock (_gate)
        {
            var next = _load();
            var changed = Differences(_options, next.Options);
            List<string> applied = [.. changed.Where(key => key == nameof(DiarizerOptions.Diarization))];
            _options = _options with { Diarization = next.Options.Diarization };
            var levels = LevelsOf(_configuration);
            _configuration.Reload();
            var result = applied.Select(key => $"{DiarizerOptions.Section}:{key}");
            return ([.. levels.SequenceEqual(LevelsOf(_configuration)) ? result : result.Append("Logging")],
                [.. changed.Except(applied).Select(key => $"{DiarizerOptions.Section}:{key}")]);
        }
    }

    private static List<string> Differences(DiarizerOptions now, DiarizerOptions next) =>
        [.. typeof(DiarizerOptions).GetProperties()
            .Where(p => JsonSerializer.Serialize(p.GetValue(now), p.PropertyType) != JsonSerializer.Serialize(p.GetValue(next), p.PropertyType))
            .Select(p => p.Name)];

    private static List<string> LevelsOf(IConfiguration configuration) =>
        [.. configuration.GetSection("Logging").AsEnumerable().Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)];
}

/// <summary>Valid options and where they came from.</summary>
/// <param name="Options">The options.</param>
/// <param name="Configuration">The whole configuration.</param>
public sealed record LoadedOptions(DiarizerOptions Options, IConfigurationRoot Configuration);
