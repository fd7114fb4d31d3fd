#if STACK_NUGET
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Diarizer.Mqtt.Connection;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Diarizer.Mqtt.MqttNet;

/// <summary>Our settings in MQTTnet's words.</summary>
internal static class MqttNetOptions
{
    public static MqttClientOptions Build(MqttConnectSettings settings)
    {
        var options = settings.Options;
        var v5 = options.Protocol == MqttProtocol.V5;
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Host, options.BrokerPort)
            .WithClientId(options.EffectiveClientId)
            .WithProtocolVersion(v5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithKeepAlivePeriod(options.KeepAlive)
            .WithTimeout(options.ConnectTimeout)
            // A clean start would end the old session at reconnect, and its will would go out although we are back.
            .WithCleanStart(!v5);
        if (v5)
            builder.WithMaximumPacketSize(options.Commands.MaxPacketBytes);
        if (v5 && settings.SessionExpirySeconds > 0)
            builder.WithSessionExpiryInterval(settings.SessionExpirySeconds);
        if (!string.IsNullOrEmpty(options.UserName))
            builder.WithCredentials(options.UserName, settings.ReadPassword());
        if (settings.Will is { } will)
            SetWill(builder, will, v5 ? settings.WillDelaySeconds : 0);
        if (options.Tls is { } tls)
            builder.WithTlsOptions(o => SetTls(o, tls));
        return builder.Build();
    }

    private static void SetWill(MqttClientOptionsBuilder builder, MqttMessage will, uint delaySeconds)
    {
        builder.WithWillTopic(will.Topic)
            .WithWillPayload(will.Payload.ToArray())
            .WithWillQualityOfServiceLevel((MqttQualityOfServiceLevel)will.Qos)
            .WithWillRetain(will.Retain);
        if (delaySeconds > 0)
            builder.WithWillDelayInterval(delaySeconds);
    }

    private static void SetTls(MqttClientTlsOptionsBuilder builder, MqttTlsOptions tls)
    {
        // Authorities of one's own rarely publish revocations, and libmosquitto does not look for them either.
        builder.UseTls().WithSslProtocols(SslProtocols.Tls12 | SslProtocols.Tls13).WithRevocationMode(X509RevocationMode.NoCheck);
        try
        {
            if (!string.IsNullOrEmpty(tls.CaFile))
            {
                var authorities = new X509Certificate2Collection();
                authorities.ImportFromPemFile(Secret.Resolve(tls.CaFile));
                builder.WithTrustChain(authorities);
            }
            if (!string.IsNullOrEmpty(tls.CertificateFile))
                builder.WithClientCertificates([X509Certificate2.CreateFromPemFile(Secret.Resolve(tls.CertificateFile), Secret.Resolve(tls.KeyFile!))]);
        }
        catch (CryptographicException e)
        {
            throw new UserErrorException($"Mqtt:Tls: the certificate files cannot be used: {e.Message}", e);
        }
        if (!tls.Verify)
            builder.WithAllowUntrustedCertificates().WithIgnoreCertificateChainErrors().WithCertificateValidationHandler(_ => true);
    }
}
#endif
