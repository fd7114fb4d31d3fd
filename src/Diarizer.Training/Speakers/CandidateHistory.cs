using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>
/// Embeddings of the candidates of the last steps, a table [rows, D] each; a new table takes the place of the oldest. The tables are buffers, so that
/// they are part of a checkpoint. Memory: tables · rows · (D + 2) numbers.
/// </summary>
internal sealed class CandidateHistory : nn.Module
{
    private const long Empty = -1;
    private readonly int _tables, _rows;
    private readonly Tensor _embeddings, _classes, _steps;

    /// <param name="tables">Steps that are kept.</param>
    /// <param name="rows">Candidates of a step.</param>
    /// <param name="dimension">D of the embeddings.</param>
    public CandidateHistory(int tables, int rows, int dimension)
        : base(nameof(CandidateHistory))
    {
        (_tables, _rows) = (tables, rows);
        _embeddings = zeros(new long[] { tables, rows, dimension });
        _classes = full(new long[] { tables, rows }, Empty, ScalarType.Int64);
        _steps = full(new long[] { tables }, Empty, ScalarType.Int64);
        register_buffer("embeddings", _embeddings);
        register_buffer("classes", _classes);
        register_buffer("steps", _steps);
    }

    /// <summary>Rows of all tables together, filled or not.</summary>
    public int Capacity => _tables * _rows;

    /// <summary>All embeddings [capacity, D], row by row.</summary>
    public ReadOnlySpan<float> Embeddings => MemoryMarshal.Cast<byte, float>(_embeddings.bytes);

    /// <summary>The class of every row; negative where there is nothing yet.</summary>
    public long[] Classes() => MemoryMarshal.Cast<byte, long>(_classes.bytes).ToArray();

    /// <summary>Where the crop of a row came from.</summary>
    public CropReference Reference(int row) => new(
        MemoryMarshal.Cast<byte, long>(_steps.bytes)[row / _rows], row % _rows, MemoryMarshal.Cast<byte, long>(_classes.bytes)[row]);

    /// <summary>Takes in the candidates of a step.</summary>
    /// <param name="embeddings">Rows [rows, D] of unit length.</param>
    /// <param name="classes">The class of each row.</param>
    public void Add(long step, ReadOnlySpan<float> embeddings, ReadOnlySpan<long> classes)
    {
        int table = (int)(step % _tables);
        embeddings.CopyTo(MemoryMarshal.Cast<byte, float>(_embeddings.bytes)[(table * embeddings.Length)..]);
        classes.CopyTo(MemoryMarshal.Cast<byte, long>(_classes.bytes)[(table * _rows)..]);
        MemoryMarshal.Cast<byte, long>(_steps.bytes)[table] = step;
    }
}
