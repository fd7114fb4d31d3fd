using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Mosquitto;

/// <summary>What libmosquitto calls, always on the connection's own thread from within <c>mosquitto_loop</c>. Nothing may throw into C.</summary>
internal static unsafe class Callbacks
{
    public static void Attach(nint client)
    {
        Native.ConnectCallbackSet(client, &OnConnect);
        Native.PublishCallbackSet(client, &OnPublish);
        Native.SubscribeCallbackSet(client, &OnSubscribe);
        Native.MessageCallbackSet(client, &OnMessage);
        Native.LogCallbackSet(client, &OnLog);
    }

    private static MosquittoConnection Of(nint userData) => (MosquittoConnection)GCHandle.FromIntPtr(userData).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint userData, int code, int flags, nint properties) => Of(userData).HandleConnected(code);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPublish(nint client, nint userData, int mid, int reason, nint properties) => Of(userData).HandleAcknowledged(mid, reason);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSubscribe(nint client, nint userData, int mid, int count, int* granted) =>
        Of(userData).HandleAcknowledged(mid, count > 0 && granted is not null ? granted[0] : 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint userData, Native.Message* message, nint properties)
    {
        var topic = Marshal.PtrToStringUTF8((nint)message->Topic) ?? "";
        var payload = new ReadOnlySpan<byte>(message->Payload, message->PayloadLength).ToArray();
        Of(userData).HandleMessage(new MqttMessage(topic, payload, (MqttQos)Math.Min(message->Qos, 1), message->Retain != 0)
        {
            ResponseTopic = MosquittoProperties.ReadString(properties, Native.PropertyResponseTopic),
            CorrelationData = MosquittoProperties.ReadBinary(properties, Native.PropertyCorrelationData),
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint client, nint userData, int level, byte* text)
    {
        if (level == Native.LogError)
            Of(userData).HandleError(Marshal.PtrToStringUTF8((nint)text));
    }
}
