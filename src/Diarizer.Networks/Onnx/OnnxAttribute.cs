namespace Diarizer.Networks.Onnx;

/// <summary>An attribute of an operator: an integer, a float, integers or a text.</summary>
internal static class OnnxAttribute
{
    private const int Name = 1, Float = 2, Int = 3, Text = 4, Ints = 8, Kind = 20;

    private const int FloatKind = 1, IntKind = 2, TextKind = 3, IntsKind = 7;

    public static ProtoMessage Create(string name, object value)
    {
        var attribute = new ProtoMessage().Text(Name, name);
        return value switch
        {
            long number => attribute.Integer(Int, number).Integer(Kind, IntKind),
            float number => attribute.Single(Float, number).Integer(Kind, FloatKind),
            long[] numbers => attribute.Integers(Ints, numbers).Integer(Kind, IntsKind),
            string text => attribute.Text(Text, text).Integer(Kind, TextKind),
            _ => throw new NotSupportedException($"The attribute {name} is of type {value.GetType()}."),
        };
    }
}
