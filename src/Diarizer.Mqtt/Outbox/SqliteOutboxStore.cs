using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Outbox;

/// <summary>
/// The outbox in a SQLite file, in WAL mode and locked for this process while it is open. With <see cref="MqttOutboxSynchronous.Full"/> every commit is
/// synced; with <see cref="MqttOutboxSynchronous.Normal"/> only checkpoints are. Deleted content is overwritten.
/// </summary>
internal sealed partial class SqliteOutboxStore : IOutboxStore
{
    private readonly SqliteConnection _connection;
    private readonly OutboxFile _file;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _read;
    private readonly SqliteCommand _drops;

    private readonly long _origin;
    private long _rows;

    private SqliteOutboxStore(SqliteConnection connection, OutboxFile file, long? origin, string? setAside)
    {
        (_connection, _file) = (connection, file);
        // Replaces what a commit wrote that failed only as far as we know.
        _insert = Command("INSERT OR REPLACE INTO entries (id, at, topic, payload) VALUES ($id, $at, $topic, $payload)", "$id", "$at", "$topic", "$payload");
        _delete = Command("DELETE FROM entries WHERE id = $id", "$id");
        _read = Command("SELECT id, at, topic, payload FROM entries WHERE id > $id ORDER BY id LIMIT $limit", "$id", "$limit");
        _drops = Command("INSERT OR REPLACE INTO drops (reason, entries) VALUES ($reason, $entries)", "$reason", "$entries");
        var last = Number("SELECT coalesce(max(id), 0) FROM entries");
        _origin = origin ?? last;
        _rows = Number("SELECT count(*) FROM entries");
        Kept = new((int)_rows, Number("SELECT coalesce(sum(length(CAST(topic AS BLOB)) + length(payload)), 0) FROM entries"), last - _origin, ReadDrops(), setAside);
    }

    public OutboxTotals Kept { get; }

    public long Origin => _origin;

    /// <summary>Opens the file, or sets it aside and begins a fresh one when it is damaged or not ours.</summary>
    /// <exception cref="OutboxStoreException">The directory cannot be used, another process uses the file, or SQLite is missing.</exception>
    public static SqliteOutboxStore Open(string directory, MqttOutboxSynchronous synchronous, long? origin, TimeProvider time, ILogger log)
    {
        var file = new OutboxFile(directory);
        return Guarded(() =>
        {
            SqliteLibrary.Initialise();
            file.Create();
            try
            {
                return Open(file, synchronous, origin, setAside: null);
            }
            catch (Exception e) when (WhyUnusable(e) is { } why)
            {
                var target = file.SetAside(time.GetUtcNow());
                log.OutboxSetAside(file.Path, why, target);
                file.Create();
                return Open(file, synchronous, origin, target);
            }
        });
    }

    public void Write(IReadOnlyCollection<OutboxEntry> added, IReadOnlyCollection<long> removed, IReadOnlyDictionary<OutboxDrop, long> drops) => Guarded(() =>
    {
        using var transaction = _connection.BeginTransaction();
        long rows = 0;
        foreach (var entry in added)
            rows += Run(_insert, transaction, _origin + entry.Id, entry.At.ToUnixTimeMilliseconds(), entry.Topic, entry.Payload.ToArray());
        foreach (var id in removed)
            rows -= Run(_delete, transaction, _origin + id);
        foreach (var (reason, entries) in drops)
            Run(_drops, transaction, (int)reason, entries);
        transaction.Commit();
        _rows += rows;
        if (_rows == 0)
            GiveBackSpace();
        return 0;
    });

    public IReadOnlyList<OutboxEntry> Read(long id, int limit) => Guarded(() => ReadAfter(id <= -_origin ? 0 : _origin + id, limit));

    public void Shift(TimeSpan step) => Guarded(() => Execute($"UPDATE entries SET at = at + {(long)step.TotalMilliseconds}"));

    public IReadOnlyList<OutboxEntry> Rewrite(Func<OutboxEntry, byte[]?> rewrite) => Guarded(() =>
    {
        const int Page = 256;
        List<OutboxEntry> gone = [];
        using (var transaction = _connection.BeginTransaction())
        {
            using var update = Command("UPDATE entries SET payload = $payload WHERE id = $id", "$payload", "$id");
            long after = 0;
            while (ReadAfter(after, Page, transaction) is { Count: > 0 } page)
            {
                after = _origin + page[^1].Id;
                foreach (var entry in page)
                {
                    if (rewrite(entry) is { } payload)
                    {
                        if (!entry.Payload.Span.SequenceEqual(payload))
                            Run(update, transaction, payload, _origin + entry.Id);
                        continue;
                    }
                    Run(_delete, transaction, _origin + entry.Id);
                    gone.Add(entry);
                }
            }
            transaction.Commit();
        }
        _rows -= gone.Count;
        // The old bytes are still in the log and in pages that are free now.
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Execute("VACUUM");
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        _file.DeleteSetAside();
        return gone;
    });

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_insert, _delete, _read, _drops])
            command.Dispose();
        _connection.Dispose();
    }

    private static SqliteOutboxStore Open(OutboxFile file, MqttOutboxSynchronous synchronous, long? origin, string? setAside)
    {
        var connection = Connect(file, synchronous);
        try
        {
            return new SqliteOutboxStore(connection, file, origin, setAside);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private List<OutboxEntry> ReadAfter(long row, int limit, SqliteTransaction? transaction = null)
    {
        List<OutboxEntry> entries = [];
        _read.Transaction = transaction;
        Bind(_read, row, limit);
        using var reader = _read.ExecuteReader();
        while (reader.Read())
            entries.Add(new(reader.GetInt64(0) - _origin, DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2), (byte[])reader[3]));
        return entries;
    }

    private Dictionary<OutboxDrop, long> ReadDrops()
    {
        Dictionary<OutboxDrop, long> drops = [];
        using var command = Command("SELECT reason, entries FROM drops WHERE entries > 0");
        using var reader = command.ExecuteReader();
        while (reader.Read())
            drops[(OutboxDrop)reader.GetInt32(0)] = reader.GetInt64(1);
        return drops;
    }

    /// <summary>After a long outage the file may be large and empty.</summary>
    private void GiveBackSpace()
    {
        const int Pages = 256;
        try
        {
            if (Number("PRAGMA freelist_count") > Pages)
                Execute("VACUUM");
        }
        catch (SqliteException)
        {
            // What was asked for is done; the space is given back another time.
        }
    }

    private static int Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        Bind(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { ParameterName = parameter });
        return command;
    }

    private long Number(string text)
    {
        using var command = Command(text);
        return (long)command.ExecuteScalar()!;
    }

    private int Execute(string text) => Execute(_connection, text);
}
