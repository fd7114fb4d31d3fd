using System.Runtime.InteropServices;
using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Mosquitto;

/// <summary>A list of MQTT 5 properties in libmosquitto's memory, freed with this. An empty list is a null pointer, as the library has it.</summary>
internal sealed class MosquittoProperties : IDisposable
{
    private nint _list;

    /// <summary>The list, owned by this.</summary>
    public nint List => _list;

    /// <summary>What goes with a message.</summary>
    public static MosquittoProperties Of(MqttMessage message)
    {
        var properties = new MosquittoProperties();
        if (message.ResponseTopic is { } topic)
            Check(Native.PropertyAddString(ref properties._list, Native.PropertyResponseTopic, topic), "the response topic");
        if (message.CorrelationData is { IsEmpty: false, Length: <= ushort.MaxValue } data)
            Check(Native.PropertyAddBinary(ref properties._list, Native.PropertyCorrelationData, data.Span, (ushort)data.Length), "the correlation data");
        return properties;
    }

    /// <summary>Adds a number.</summary>
    public MosquittoProperties Add(int identifier, uint value, string what)
    {
        Check(Native.PropertyAddInt32(ref _list, identifier, value), what);
        return this;
    }

    /// <summary>Hands the list over to a native owner.</summary>
    public void Release() => _list = 0;

    public void Dispose()
    {
        if (_list != 0)
            Native.PropertyFreeAll(ref _list);
    }

    public static unsafe string? ReadString(nint properties, int identifier)
    {
        if (properties == 0 || Native.PropertyReadString(properties, identifier, out var value, skipFirst: false) == 0)
            return null;
        var text = Marshal.PtrToStringUTF8((nint)value);
        NativeMemory.Free(value);
        return text;
    }

    public static unsafe byte[] ReadBinary(nint properties, int identifier)
    {
        if (properties == 0 || Native.PropertyReadBinary(properties, identifier, out var value, out var length, skipFirst: false) == 0)
            return [];
        var bytes = new ReadOnlySpan<byte>(value, length).ToArray();
        NativeMemory.Free(value);
        return bytes;
    }

    private static void Check(int code, string what)
    {
        if (code != Native.Success)
            throw new MqttRejectedException($"libmosquitto does not take {what}: {Native.ErrorText(code)}.");
    }
}
