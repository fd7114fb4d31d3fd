using System.Net;

namespace Diarizer.Service.Web;

/// <summary>The web server of the daemon: the live page and what programs ask it over HTTP.</summary>
public sealed record WebOptions
{
    /// <summary>Whether there is one.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The address that it listens on; one that other machines can reach takes a <see cref="TokenFile"/>.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>TCP port, up to 65535; 0: any that is free, the log says which.</summary>
    public int Port { get; init; } = 8420;

    /// <summary>The file whose first line is the token that visitors must give: a path, or the name of a systemd credential; null: none is asked for.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Names under which browsers may reach it, such as that of a reverse proxy; <c>localhost</c> and addresses always may.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>False: the page shows and changes nothing.</summary>
    public bool Commands { get; init; } = true;

    /// <summary>Pages that may be open at the same time, 1 to 256.</summary>
    public int MaxPages { get; init; } = 16;

    /// <summary>True when no other machine can reach it.</summary>
    public bool IsLoopback => IPAddress.TryParse(Address, out var address) && IPAddress.IsLoopback(address);

    /// <summary>All that is wrong, one sentence each.</summary>
    /// <param name="path">The configuration key of this record.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return $"{path}:Address is \"{Address}\"; it must be an IP address, such as 127.0.0.1 for this machine alone or 0.0.0.0 for every network.";
        else if (Enabled && !IsLoopback && string.IsNullOrEmpty(TokenFile))
            yield return $"{path}:Address is {Address}, which other machines can reach; name a file with a token in {path}:TokenFile, or listen on 127.0.0.1 behind a reverse proxy.";
        if (Port is < 0 or > 65535)
            yield return $"{path}:Port is {Port}; it must be from 0 to 65535.";
        if (MaxPages is < 1 or > 256)
            yield return $"{path}:MaxPages is {MaxPages}; it must be from 1 to 256.";
        foreach (var host in Hosts.Where(host => Uri.CheckHostName(host) != UriHostNameType.Dns))
            yield return $"{path}:Hosts has \"{host}\"; it must be a name such as rooms.example, without a scheme or port.";
    }
}
