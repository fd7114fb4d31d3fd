namespace Diarizer.Mqtt.Broker;

/// <summary>The configuration file of the embedded broker, in a directory of its own that is removed with it. Holds no secret.</summary>
internal sealed class MosquittoConfiguration : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _directory;

    public MosquittoConfiguration(int port)
    {
        _directory = CreateDirectory();
        File = Path.Combine(_directory, "mosquitto.conf");
        System.IO.File.WriteAllText(File, $"""
            listener {port} {EmbeddedBroker.Loopback}
            allow_anonymous true
            persistence false
            sys_interval 0
            set_tcp_nodelay true
            max_packet_size 1048576
            log_dest stderr
            log_type error
            log_type warning
            connection_messages false

            """);
        // Started by root the broker runs as nobody and must still read its file.
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(_directory, Readable);
    }

    public string File { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (IOException)
        {
            // A left-over directory in the temporary directory does no harm.
        }
    }

    private static string CreateDirectory()
    {
        const string Prefix = "diarizer-broker-";
        var runtime = Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY");
        if (string.IsNullOrEmpty(runtime) || !Directory.Exists(runtime))
            return Directory.CreateTempSubdirectory(Prefix).FullName;
        return Directory.CreateDirectory(Path.Combine(runtime, Prefix + Guid.NewGuid().ToString("N"))).FullName;
    }
}
