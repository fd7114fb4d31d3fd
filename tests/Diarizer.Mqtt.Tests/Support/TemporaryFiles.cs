namespace Diarizer.Mqtt.Tests.Support;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("mqtt-test-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Directory, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
