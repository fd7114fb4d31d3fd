using System.Text;
using Diarizer.Service.Options;

namespace Diarizer.Fuzz.Targets;

/// <summary>Configuration files.</summary>
internal sealed class ConfigurationTarget : IFuzzTarget
{
    private readonly string _file = Path.GetTempFileName();

    public string Name => "configuration";

    public bool IsJson => true;

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            """{"Diarizer":{"Device":"cpu","Threads":2,"StateDirectory":"state","Streams":[{"Name":"hall","Source":"alsa:default"},{"Name":"yard","Source":"file:a.flac","Realtime":true,"Loop":true}],"Embedding":{"MaxBatch":8,"DeadlineMs":4.5,"Workers":1}}}""",
            """
            {
              // comment
              "Logging": { "LogLevel": { "Default": "Information" } },
              "Diarizer": {
                "Streams": [ { "Source": "stdin:" } ],
                "Mqtt": { "Host": "broker", "Port": 8883, "Node": "hall", "UserName": "u", "Tls": { "CaFile": null, "Verify": true }, "Protocol": "V5", "KeepAlive": "00:00:20",
                  "WillDelay": 5, "SessionExpiry": "00:05:00", "BackoffMin": "00:00:00.250", "QueueCapacity": 10000,
                  "Outbox": { "Enabled": true, "MaxMegabytes": 64, "MaxAge": "7.00:00:00", "Synchronous": "Full", "ReplayPerSecond": 500 },
                  "Commands": { "Enabled": true, "MaxKilobytes": 1024, "PerSecond": 5.5, "Burst": 20 } },
                "Diarization": { "Turns": { "MergeGap": 0.7 } }
              }
            }
            """,
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IReadOnlyList<string> Words { get; } =
    [
        "\"Diarizer\":", "\"Streams\":", "\"Mqtt\":", "\"Outbox\":", "\"Commands\":", "\"Tls\":", "\"Turns\":", "\"Speakers\":", "\"VoiceActivity\":", "\"Windows\":", "\"MaxAge\":", "\"KeepAlive\":",
        "\"Synchronous\":\"Normal\"", "\"Port\":", "\"Threads\":", "{", "}", "[", "]", ",", ":", "null", "true", "\"\"", "\"1:2:3:4\"", "\"1e300\"", "\"-1\"", "//", "/*", "*/", "\"a:b\"", "\\u0000", "[[[[",
    ];

    public string Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        var options = OptionsLoader.Load(_file, new()).Options;
        return $"{int.Log2(options.Streams.Count + 1)} {options.Mqtt.Host is null} {options.Mqtt.Tls is null} {options.Mqtt.Outbox.Synchronous} {options.Device}";
    }

    public void Dispose() => File.Delete(_file);
}
