using System.Runtime.InteropServices;
using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Mosquitto;

/// <summary>Makes a native client out of settings and starts its connection. Called on the connection's own thread.</summary>
internal static class MosquittoClient
{
    private const string SystemAuthorities = "/etc/ssl/certs";
    private const int VerifyNothing = 0;
    private const int VerifyPeer = 1;

    private static readonly Lazy<bool> Library = new(() => Native.LibInit() == Native.Success);

    public static nint Create(MqttConnectSettings settings, nint userData)
    {
        Initialise();
        var options = settings.Options;
        // A clean session would end the old session at reconnect, and its will would go out although we are back.
        var client = Native.New(options.EffectiveClientId, cleanSession: options.Protocol == MqttProtocol.V311, userData);
        if (client == 0)
            throw new MqttConnectionException($"libmosquitto does not take the client id {options.EffectiveClientId}.");
        try
        {
            Callbacks.Attach(client);
            Check(Native.ThreadedSet(client, true), "threads");
            Check(Native.IntOption(client, Native.OptProtocolVersion, options.Protocol == MqttProtocol.V5 ? Native.ProtocolV5 : Native.ProtocolV311), "the protocol version");
            Check(Native.IntOption(client, Native.OptTcpNoDelay, 1), "TCP_NODELAY");
            if (!string.IsNullOrEmpty(options.UserName))
                Check(Native.UserNamePasswordSet(client, options.UserName, settings.ReadPassword()), "user name and password");
            if (options.Tls is { } tls)
                SetTls(client, tls);
            if (settings.Will is { } will)
                SetWill(client, will, options.Protocol == MqttProtocol.V5 ? settings.WillDelaySeconds : 0);
            return client;
        }
        catch
        {
            Native.Destroy(client);
            throw;
        }
    }

    /// <summary>Starts the connection without waiting for TCP or TLS (only the look-up of the name waits).</summary>
    /// <returns>A code of the library.</returns>
    public static int Connect(nint client, MqttConnectSettings settings)
    {
        var options = settings.Options;
        var keepAlive = (int)options.KeepAlive.TotalSeconds;
        if (options.Protocol == MqttProtocol.V5)
            SetConnectProperties(client, options, settings.SessionExpirySeconds);
        return Native.ConnectAsync(client, options.Host!, options.BrokerPort, keepAlive);
    }

    private static void Initialise()
    {
        try
        {
            if (!Library.Value)
                throw new MqttConnectionException("libmosquitto does not start.");
        }
        catch (DllNotFoundException e)
        {
            throw new UserErrorException("libmosquitto.so.1 is missing: install it with \"apt-get install libmosquitto1\".", e);
        }
    }

    // Only the blocking call takes properties, yet it stores them before it looks at the rest: a keep-alive that it refuses (1 s) leaves the properties
    // in place for the non-blocking call that follows.
    private static void SetConnectProperties(nint client, MqttOptions options, uint sessionExpirySeconds)
    {
        using var properties = new MosquittoProperties();
        properties.Add(Native.PropertyMaximumPacketSize, options.Commands.MaxPacketBytes, "the largest packet");
        if (sessionExpirySeconds > 0)
            properties.Add(Native.PropertySessionExpiryInterval, sessionExpirySeconds, "the session expiry");
        var refused = Native.ConnectBindV5(client, options.Host!, options.BrokerPort, keepAlive: 1, null, properties.List);
        if (refused != Native.ErrInvalid)
            Check(refused, "the session's properties");
    }

    private static void SetWill(nint client, MqttMessage will, uint delaySeconds)
    {
        using var properties = new MosquittoProperties();
        if (delaySeconds > 0)
            properties.Add(Native.PropertyWillDelayInterval, delaySeconds, "the will's delay");
        Check(Native.WillSet(client, will.Topic, will.Payload.Length, will.Payload.Span, (int)will.Qos, will.Retain, properties.List), "the will");
        // Now the client owns them.
        properties.Release();
    }

    private static void SetTls(nint client, MqttTlsOptions tls)
    {
        var ca = PathOf(tls.CaFile);
        Check(Native.TlsSet(client, ca, ca is null ? SystemAuthorities : null, PathOf(tls.CertificateFile), PathOf(tls.KeyFile), 0), "the TLS files");
        // "tlsv1.2" is the least version: 1.3 is used where the broker has it.
        Check(Native.TlsOptionsSet(client, tls.Verify ? VerifyPeer : VerifyNothing, "tlsv1.2", null), "the TLS options");
        if (!tls.Verify)
            Check(Native.TlsInsecureSet(client, true), "the TLS options");
    }

    private static string? PathOf(string? file) => string.IsNullOrEmpty(file) ? null : Secret.Resolve(file);

    private static void Check(int code, string what)
    {
        if (code != Native.Success)
            throw new MqttConnectionException($"libmosquitto does not take {what}: {Native.ErrorText(code)}.");
    }
}
