using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Diarizer.Networks.Models;

/// <summary>The header of a safetensors file and the checks that make its byte ranges safe to use.</summary>
internal static class SafeTensorsHeader
{
    private const int LengthBytes = 8;

    public static Dictionary<string, SafeTensor> Parse(ReadOnlyMemory<byte> file, string name)
    {
        if (file.Length < LengthBytes)
            throw Defect(name, $"it has {file.Length} bytes, fewer than the 8 of the header length; it is truncated or no safetensors file");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (length > SafeTensorsFile.LongestHeader)
            throw Defect(name, $"its header claims {length} bytes where at most {SafeTensorsFile.LongestHeader} are allowed; it is damaged or no safetensors file");
        if (length > (ulong)(file.Length - LengthBytes))
            throw Defect(name, $"its header claims {length} bytes but only {file.Length - LengthBytes} follow; it is truncated");
        var values = file[(LengthBytes + (int)length)..];
        var ranges = new List<(long Begin, long End, string Tensor)>();
        var tensors = new Dictionary<string, SafeTensor>(StringComparer.Ordinal);
        using var header = ReadJson(file.Slice(LengthBytes, (int)length), name);
        if (header.RootElement.ValueKind != JsonValueKind.Object)
            throw Defect(name, "its header is not a JSON object");
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
                continue;
            if (tensors.ContainsKey(entry.Name))
                throw Defect(name, $"the tensor {entry.Name} is there twice");
            tensors.Add(entry.Name, ReadTensor(entry, values, ranges, name));
        }
        CheckCoverage(ranges, values.Length, name);
        return tensors;
    }

    public static byte[] Format(IReadOnlyDictionary<string, SafeTensor> tensors)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            long offset = 0;
            foreach (var (name, tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
            {
                if (tensor.Count * tensor.Type.Size() != tensor.Data.Length)
                    throw new ArgumentException($"The tensor {name} has {tensor.Data.Length} bytes, which is not what its shape takes.", nameof(tensors));
                writer.WriteStartObject(name);
                writer.WriteString("dtype", tensor.Type.ToString());
                writer.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                    writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(offset += tensor.Data.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        // Spaces after the JSON, as the format allows, so that the values are aligned for readers that map the file.
        while ((json.Length + LengthBytes) % 64 != 0)
            json.WriteByte((byte)' ');
        using var file = new MemoryStream();
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        file.Write(length);
        json.WriteTo(file);
        foreach (var (_, tensor) in tensors.OrderBy(t => t.Key, StringComparer.Ordinal))
            file.Write(tensor.Data.Span);
        return file.ToArray();
    }

    private static JsonDocument ReadJson(ReadOnlyMemory<byte> header, string name)
    {
        if (!Utf8.IsValid(header.Span))
            throw Defect(name, "its header is not UTF-8 text; it is damaged or no safetensors file");
        try
        {
            return JsonDocument.Parse(header);
        }
        catch (JsonException e)
        {
            throw Defect(name, "its header is not valid JSON; it is damaged or no safetensors file", e);
        }
    }

    private static SafeTensor ReadTensor(JsonProperty entry, ReadOnlyMemory<byte> values, List<(long Begin, long End, string Tensor)> ranges, string name)
    {
        string tensor = entry.Name;
        var value = entry.Value;
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !TryReadNumbers(value, "shape", out var shape) || !TryReadNumbers(value, "data_offsets", out var offsets) || offsets.Length != 2)
            throw Defect(name, $"the tensor {tensor} lacks a proper dtype, shape or data_offsets");
        if (!Enum.TryParse(dtype.GetString(), ignoreCase: false, out SafeTensorType type) || type.ToString() != dtype.GetString())
            throw Defect(name, $"the tensor {tensor} has elements of type {dtype.GetString()}; only {string.Join(", ", Enum.GetNames<SafeTensorType>())} are supported");
        var (begin, end) = (offsets[0], offsets[1]);
        if (begin > end || end > values.Length)
            throw Defect(name, $"the tensor {tensor} lies at bytes {begin} to {end} of {values.Length}; the file is truncated or damaged");
        if (!HasSize(shape, type.Size(), end - begin))
            throw Defect(name, $"the tensor {tensor} of shape [{string.Join(", ", shape)}] and type {type} does not fill its {end - begin} bytes");
        ranges.Add((begin, end, tensor));
        return new SafeTensor(type, shape, values[(int)begin..(int)end]);
    }

    private static bool TryReadNumbers(JsonElement owner, string property, out long[] numbers)
    {
        numbers = [];
        if (!owner.TryGetProperty(property, out var array) || array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > 16)
            return false;
        var read = new List<long>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number) || number < 0)
                return false;
            read.Add(number);
        }
        numbers = [.. read];
        return true;
    }

    private static bool HasSize(long[] shape, int elementSize, long bytes)
    {
        UInt128 size = (UInt128)elementSize;
        foreach (long length in shape)
        {
            size *= (UInt128)length;
            // Beyond any file already; stopping here keeps the product from wrapping round, and a later 0 would still be refused as unequal.
            if (size > long.MaxValue)
                return false;
        }
        return size == (UInt128)bytes;
    }

    private static void CheckCoverage(List<(long Begin, long End, string Tensor)> ranges, long length, string name)
    {
        ranges.Sort();
        long at = 0;
        string previous = "";
        foreach (var (begin, end, tensor) in ranges)
        {
            if (begin < at)
                throw Defect(name, $"the tensors {previous} and {tensor} overlap");
            if (begin > at)
                throw Defect(name, $"{begin - at} bytes before the tensor {tensor} belong to no tensor");
            (at, previous) = (end, tensor);
        }
        if (at != length)
            throw Defect(name, $"{length - at} bytes at its end belong to no tensor");
    }

    private static UserErrorException Defect(string name, string what, Exception? inner = null) =>
        new($"The weights file {name} is unusable: {what}; get or make it again.", inner);
}
