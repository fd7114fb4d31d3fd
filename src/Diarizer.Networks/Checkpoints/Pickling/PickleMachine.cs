namespace Diarizer.Networks.Checkpoints.Pickling;

/// <summary>
/// Builds the value of a pickle. Nothing is executed: names are looked up in a closed list (<see cref="TorchGlobals"/>), and a name or an opcode
/// beyond plain data is refused. Values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
/// <c>object?[]</c> (tuples), <see cref="List{T}"/>, <see cref="PickleDictionary"/>, storages and tensors. Work and memory are bounded by the
/// limits below, whatever the pickle says.
/// </summary>
/// <param name="reader">Positioned at the pickle; stands behind it afterwards.</param>
/// <param name="storages">Resolves persistent ids.</param>
internal sealed class PickleMachine(PickleReader reader, StorageTable storages)
{
    /// <summary>The most opcodes; a network of a thousand tensors with its optimiser's state takes some 100,000.</summary>
    public const int MostSteps = 2_000_000;

    /// <summary>The longest pickle, in bytes.</summary>
    public const int LongestPickle = 64 << 20;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <summary>Runs up to the pickle's end.</summary>
    /// <exception cref="CheckpointDefectException">It is malformed, beyond a limit, or not plain data.</exception>
    public object? Run()
    {
        int start = reader.Position;
        for (int step = 0; step < MostSteps; step++)
        {
            var opcode = (PickleOpcode)reader.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return Pop();
            Execute(opcode);
            if (reader.Position - start > LongestPickle)
                throw new CheckpointDefectException($"its pickle is longer than the {LongestPickle} bytes that are read");
        }
        throw new CheckpointDefectException($"its pickle has more than the {MostSteps} steps that are taken");
    }

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol:
                if (reader.ReadByte() is < 2 or > 5)
                    throw new CheckpointDefectException("its pickle is of no protocol from 2 to 5");
                break;
            case PickleOpcode.Frame:
                reader.Take(8);
                break;
            case PickleOpcode.Mark:
                _stack.Add(Mark);
                break;
            case PickleOpcode.Pop:
                Pop();
                break;
            case PickleOpcode.PopMark:
                PopToMark();
                break;
            case PickleOpcode.Dup:
                _stack.Add(Top());
                break;
            case PickleOpcode.Get:
                _stack.Add(Recall(reader.ReadByte()));
                break;
            case PickleOpcode.LongGet:
                _stack.Add(Recall(reader.ReadUInt32()));
                break;
            case PickleOpcode.Put:
                _memo[reader.ReadByte()] = Top();
                break;
            case PickleOpcode.LongPut:
                _memo[reader.ReadUInt32()] = Top();
                break;
            case PickleOpcode.Memoize:
                _memo[_memo.Count] = Top();
                break;
            case PickleOpcode.Append or PickleOpcode.Appends or PickleOpcode.SetItem or PickleOpcode.SetItems:
                Fill(opcode);
                break;
            case PickleOpcode.Build:
                Build();
                break;
            default:
                _stack.Add(Value(opcode));
                break;
        }
    }

    /// <summary>The value that an opcode puts on the stack.</summary>
    private object? Value(PickleOpcode opcode) => opcode switch
    {
        PickleOpcode.None => null,
        PickleOpcode.NewTrue => true,
        PickleOpcode.NewFalse => false,
        PickleOpcode.BinInt => (long)reader.ReadInt32(),
        PickleOpcode.BinInt1 => (long)reader.ReadByte(),
        PickleOpcode.BinInt2 => (long)reader.ReadUInt16(),
        PickleOpcode.Long1 => reader.ReadInteger(reader.ReadByte()),
        PickleOpcode.BinFloat => reader.ReadDouble(),
        PickleOpcode.ShortBinString or PickleOpcode.ShortBinUnicode => reader.ReadText(reader.ReadByte()),
        PickleOpcode.BinString or PickleOpcode.BinUnicode => reader.ReadText(reader.ReadUInt32()),
        PickleOpcode.ShortBinBytes => reader.Take(reader.ReadByte()),
        PickleOpcode.BinBytes => reader.Take(reader.ReadUInt32()),
        PickleOpcode.EmptyTuple => Array.Empty<object?>(),
        PickleOpcode.Tuple => PopToMark(),
        PickleOpcode.Tuple1 => PopMany(1),
        PickleOpcode.Tuple2 => PopMany(2),
        PickleOpcode.Tuple3 => PopMany(3),
        PickleOpcode.EmptyList => new List<object?>(),
        PickleOpcode.EmptyDictionary => new PickleDictionary(),
        PickleOpcode.Global => TorchGlobals.Find(reader.ReadLine(), reader.ReadLine()),
        PickleOpcode.StackGlobal => PopMany(2) is [string module, string name] ? TorchGlobals.Find(module, name) : throw Malformed(),
        PickleOpcode.Reduce => PopMany(2) is [PickleGlobal { Call: { } call }, object?[] arguments] ? call(arguments) : throw Malformed(),
        PickleOpcode.PersistentId => Pop() is object?[] id ? storages.Resolve(id) : throw Malformed(),
        _ => throw new CheckpointDefectException($"its pickle has the opcode 0x{(int)opcode:x2}, which plain data does not need"),
    };

    private void Fill(PickleOpcode opcode)
    {
        object?[] items = opcode switch
        {
            PickleOpcode.Append => PopMany(1),
            PickleOpcode.SetItem => PopMany(2),
            _ => PopToMark(),
        };
        if (opcode is PickleOpcode.Append or PickleOpcode.Appends)
        {
            (Top() as List<object?> ?? throw Malformed()).AddRange(items);
            return;
        }
        var dictionary = Top() as PickleDictionary ?? throw Malformed();
        if (items.Length % 2 != 0)
            throw Malformed();
        for (int i = 0; i < items.Length; i += 2)
            dictionary.Set(items[i], items[i + 1]);
    }

    /// <summary>Drops the attributes of a dictionary, such as a state dictionary's <c>_metadata</c>; nothing else that is read has any.</summary>
    private void Build()
    {
        Pop();
        if (Top() is not PickleDictionary)
            throw Malformed();
    }

    private object? Recall(long index) => _memo.TryGetValue(index, out object? value) ? value : throw Malformed();

    private object? Top() => _stack.Count > 0 && _stack[^1] != Mark ? _stack[^1] : throw Malformed();

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    private object?[] PopToMark()
    {
        int mark = _stack.FindLastIndex(static value => value == Mark);
        if (mark < 0)
            throw Malformed();
        object?[] values = [.. _stack[(mark + 1)..]];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private static CheckpointDefectException Malformed() => new("its pickle is malformed; it is damaged");
}
