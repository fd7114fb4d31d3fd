using System.Runtime.InteropServices;

namespace Diarizer.Mqtt.Mosquitto;

/// <summary>The part of libmosquitto 2.0's C interface that is used here. Names and meaning as in <c>mosquitto.h</c>.</summary>
internal static unsafe partial class Native
{
    public const int Success = 0;
    public const int ErrInvalid = 3;
    public const int ErrNoConnection = 4;
    public const int ErrConnectionRefused = 5;
    public const int ErrConnectionLost = 7;
    public const int ErrTls = 8;
    public const int ErrErrno = 14;
    public const int ErrLookup = 15;
    public const int ErrKeepAlive = 19;
    public const int ErrConnectionPending = -1;

    public const int OptProtocolVersion = 1;
    public const int OptTcpNoDelay = 11;
    public const int ProtocolV311 = 4;
    public const int ProtocolV5 = 5;
    public const int PropertyResponseTopic = 8;
    public const int PropertyCorrelationData = 9;
    public const int PropertySessionExpiryInterval = 17;
    public const int PropertyWillDelayInterval = 24;
    public const int PropertyMaximumPacketSize = 39;
    public const int LogError = 8;

    private const string Lib = "libmosquitto.so.1";

    /// <summary><c>struct mosquitto_message</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Mid;
        public byte* Topic;
        public byte* Payload;
        public int PayloadLength;
        public int Qos;
        public byte Retain;
    }

    [LibraryImport(Lib, EntryPoint = "mosquitto_lib_init")]
    public static partial int LibInit();

    [LibraryImport(Lib, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint New(string id, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint userData);

    [LibraryImport(Lib, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Lib, EntryPoint = "mosquitto_threaded_set")]
    public static partial int ThreadedSet(nint client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Lib, EntryPoint = "mosquitto_int_option")]
    public static partial int IntOption(nint client, int option, int value);

    [LibraryImport(Lib, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UserNamePasswordSet(nint client, string? userName, string? password);

    [LibraryImport(Lib, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TlsSet(nint client, string? caFile, string? caPath, string? certFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Lib, EntryPoint = "mosquitto_tls_opts_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TlsOptionsSet(nint client, int verify, string? tlsVersion, string? ciphers);

    [LibraryImport(Lib, EntryPoint = "mosquitto_tls_insecure_set")]
    public static partial int TlsInsecureSet(nint client, [MarshalAs(UnmanagedType.U1)] bool insecure);

    [LibraryImport(Lib, EntryPoint = "mosquitto_will_set_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int WillSet(nint client, string topic, int length, ReadOnlySpan<byte> payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Lib, EntryPoint = "mosquitto_property_add_int32")]
    public static partial int PropertyAddInt32(ref nint properties, int identifier, uint value);

    [LibraryImport(Lib, EntryPoint = "mosquitto_property_add_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int PropertyAddString(ref nint properties, int identifier, string value);

    [LibraryImport(Lib, EntryPoint = "mosquitto_property_add_binary")]
    public static partial int PropertyAddBinary(ref nint properties, int identifier, ReadOnlySpan<byte> value, ushort length);

    /// <summary>The text is the caller's to free.</summary>
    [LibraryImport(Lib, EntryPoint = "mosquitto_property_read_string")]
    public static partial nint PropertyReadString(nint properties, int identifier, out byte* value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    /// <summary>The bytes are the caller's to free.</summary>
    [LibraryImport(Lib, EntryPoint = "mosquitto_property_read_binary")]
    public static partial nint PropertyReadBinary(nint properties, int identifier, out byte* value, out ushort length, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Lib, EntryPoint = "mosquitto_property_free_all")]
    public static partial void PropertyFreeAll(ref nint properties);

    [LibraryImport(Lib, EntryPoint = "mosquitto_connect_bind_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConnectBindV5(nint client, string host, int port, int keepAlive, string? bindAddress, nint properties);

    [LibraryImport(Lib, EntryPoint = "mosquitto_connect_async", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConnectAsync(nint client, string host, int port, int keepAlive);

    [LibraryImport(Lib, EntryPoint = "mosquitto_disconnect")]
    public static partial int Disconnect(nint client);

    [LibraryImport(Lib, EntryPoint = "mosquitto_loop", SetLastError = true)]
    public static partial int Loop(nint client, int timeoutMilliseconds, int maxPackets);

    [LibraryImport(Lib, EntryPoint = "mosquitto_publish_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Publish(
        nint client, out int mid, string topic, int length, ReadOnlySpan<byte> payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Lib, EntryPoint = "mosquitto_subscribe", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Subscribe(nint client, out int mid, string filter, int qos);

    [LibraryImport(Lib, EntryPoint = "mosquitto_connect_v5_callback_set")]
    public static partial void ConnectCallbackSet(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Lib, EntryPoint = "mosquitto_publish_v5_callback_set")]
    public static partial void PublishCallbackSet(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Lib, EntryPoint = "mosquitto_subscribe_callback_set")]
    public static partial void SubscribeCallbackSet(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, void> callback);

    [LibraryImport(Lib, EntryPoint = "mosquitto_message_v5_callback_set")]
    public static partial void MessageCallbackSet(nint client, delegate* unmanaged[Cdecl]<nint, nint, Message*, nint, void> callback);

    [LibraryImport(Lib, EntryPoint = "mosquitto_log_callback_set")]
    public static partial void LogCallbackSet(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);

    [LibraryImport(Lib, EntryPoint = "mosquitto_strerror")]
    private static partial nint StrError(int code);

    [LibraryImport(Lib, EntryPoint = "mosquitto_reason_string")]
    private static partial nint ReasonString(int code);

    [LibraryImport(Lib, EntryPoint = "mosquitto_connack_string")]
    private static partial nint ConnackString(int code);

    /// <summary>Text of a library error.</summary>
    public static string ErrorText(int code) => Text(StrError(code));

    /// <summary>Text of an answer of the broker: an MQTT 5 reason code, or a return code of 3.1.1.</summary>
    public static string AnswerText(int code) => Text(code >= 128 ? ReasonString(code) : ConnackString(code));

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text)?.TrimEnd('.') ?? "unknown";
}
