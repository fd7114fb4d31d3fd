using System.Text;
using Diarizer.Mqtt.Outbox;
using Diarizer.Mqtt.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>The file itself, as SQLite and the file system treat it.</summary>
public sealed class SqliteOutboxStoreTests : IDisposable
{
    private static readonly Dictionary<OutboxDrop, long> NoDrops = [];

    private readonly TemporaryFiles _files = new();
    private readonly CollectingLog _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _files.Dispose();
    }

    private string Database => _files.Path("outbox.db");

    [Fact]
    public void What_is_written_is_there_after_opening_again()
    {
        using (var store = Open())
        {
            Assert.Equal((0, 0L, 0L), (store.Kept.Entries, store.Kept.Bytes, store.Kept.LastId));
            store.Write([Entry(1, "a"), Entry(2, "grüße"), Entry(3, "c")], [], NoDrops);
            store.Write([], [2], new Dictionary<OutboxDrop, long> { [OutboxDrop.Full] = 7 });
        }
        using var again = Open();
        Assert.Equal((2, 4L), (again.Kept.Entries, again.Kept.Bytes));
        Assert.Equal(7, again.Kept.Drops[OutboxDrop.Full]);
        var entries = again.Read(long.MinValue, 10);
        Assert.Equal(["a", "c"], entries.Select(Text));
        Assert.Equal([-2L, 0L], entries.Select(e => e.Id));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), entries[0].At);
        again.Write([Entry(1, "d")], [0], NoDrops);
        Assert.Equal(["a", "d"], again.Read(long.MinValue, 10).Select(Text));
        Assert.Equal(["d"], again.Read(0, 10).Select(Text));
    }

    [Fact]
    public void A_store_opened_again_within_a_run_keeps_the_ids()
    {
        long origin;
        using (var first = Open())
        {
            first.Write([Entry(1, "a")], [], NoDrops);
            origin = first.Origin;
        }
        using var again = SqliteOutboxStore.Open(_files.Directory, MqttOutboxSynchronous.Full, origin, TimeProvider.System, _log);
        Assert.Equal((1L, 1L), (again.Kept.LastId, again.Read(0, 10)[0].Id));
    }

    [Theory]
    [InlineData(MqttOutboxSynchronous.Full)]
    [InlineData(MqttOutboxSynchronous.Normal)]
    public void The_file_is_the_owners_alone(MqttOutboxSynchronous synchronous)
    {
        if (OperatingSystem.IsWindows())
            return;
        var directory = _files.Path("state");
        using var store = SqliteOutboxStore.Open(directory, synchronous, null, TimeProvider.System, _log);
        store.Write([Entry(1, "a")], [], NoDrops);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        foreach (var file in Directory.GetFiles(directory))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_second_process_is_told_what_to_do()
    {
        using var first = Open();
        var e = Assert.Throws<OutboxStoreException>(Open);
        Assert.Contains("StateDirectory", e.Message, StringComparison.Ordinal);
        first.Write([Entry(1, "a")], [], NoDrops);
    }

    [Fact]
    public void A_file_of_something_else_is_set_aside_untouched()
    {
        var text = new string('x', 5000);
        File.WriteAllText(Database, text);
        AssertSetAside("is no SQLite database", setAside => Assert.Equal(text, File.ReadAllText(setAside)));
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text); PRAGMA application_id = 7", "another program")]
    [InlineData("CREATE TABLE notes (text)", "another program")]
    [InlineData("CREATE TABLE entries (id); PRAGMA application_id = 1147756914; PRAGMA user_version = 99", "another version")]
    [InlineData("CREATE TABLE entries (id); PRAGMA application_id = 1147756914; PRAGMA user_version = 1", "does not hold")]
    public void A_database_that_is_not_ours_is_set_aside(string sql, string reason)
    {
        Execute(sql);
        AssertSetAside(reason, setAside => Assert.True(new FileInfo(setAside).Length > 0));
    }

    [Fact]
    public void A_damaged_database_is_set_aside()
    {
        using (var store = Open())
            store.Write([.. Enumerable.Range(1, 500).Select(i => Entry(i, new string('x', 500)))], [], NoDrops);
        var bytes = File.ReadAllBytes(Database);
        new Random(1).NextBytes(bytes.AsSpan(4096, bytes.Length - 8192));
        File.WriteAllBytes(Database, bytes);
        AssertSetAside("is damaged", setAside => Assert.Equal(bytes, File.ReadAllBytes(setAside)));
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_named()
    {
        var blocked = _files.Write("file", "");
        var e = Assert.Throws<OutboxStoreException>(() => SqliteOutboxStore.Open(Path.Combine(blocked, "state"), MqttOutboxSynchronous.Full, null, TimeProvider.System, _log));
        Assert.Contains(blocked, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_is_full_says_so_and_keeps_what_it_has()
    {
        using var disk = SmallDisk.Mount(_files.Path("small"), kilobytes: 256);
        using (var store = SqliteOutboxStore.Open(disk.Path, MqttOutboxSynchronous.Full, null, TimeProvider.System, _log))
        {
            store.Write([Entry(1, "a")], [], NoDrops);
            var e = Assert.Throws<OutboxStoreException>(() => store.Write([.. Enumerable.Range(2, 1000).Select(i => Entry(i, new string('x', 1000)))], [], NoDrops));
            Assert.Contains("full", e.Message, StringComparison.Ordinal);
        }
        using var again = SqliteOutboxStore.Open(disk.Path, MqttOutboxSynchronous.Full, null, TimeProvider.System, _log);
        Assert.Equal(["a"], again.Read(long.MinValue, 10).Select(Text));
    }

    [Fact]
    public void A_rewrite_leaves_no_trace_of_the_old_bytes()
    {
        File.WriteAllText(Database + ".set-aside-1", "Ada Lovelace");
        using var store = Open();
        store.Write([.. Enumerable.Range(1, 300).Select(i => Entry(i, i % 3 == 0 ? "nobody" : "Ada Lovelace"))], [], NoDrops);
        var gone = store.Rewrite(e => e.Id == 1 ? null : Encoding.UTF8.GetBytes(Text(e).Replace("Ada Lovelace", "somebody", StringComparison.Ordinal)));
        Assert.Equal([1L], gone.Select(e => e.Id));
        var left = store.Read(long.MinValue, 1000);
        Assert.Equal((299, 199), (left.Count, left.Count(e => Text(e) == "somebody")));
        foreach (var file in Directory.GetFiles(_files.Directory))
            Assert.DoesNotContain("Lovelace", Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_large_becomes_small_when_it_is_empty()
    {
        using var store = Open();
        store.Write([.. Enumerable.Range(1, 5000).Select(i => Entry(i, new string('x', 1000)))], [], NoDrops);
        store.Write([], [.. Enumerable.Range(1, 5000).Select(i => (long)i)], NoDrops);
        store.Dispose();
        Assert.InRange(new FileInfo(Database).Length, 1, 100_000);
    }

    private static string Text(OutboxEntry entry) => Encoding.UTF8.GetString(entry.Payload.Span);

    private static OutboxEntry Entry(long id, string text) => new(id, new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), "t", Encoding.UTF8.GetBytes(text));

    private SqliteOutboxStore Open() => SqliteOutboxStore.Open(_files.Directory, MqttOutboxSynchronous.Full, null, TimeProvider.System, _log);

    private void AssertSetAside(string reason, Action<string> check)
    {
        using var store = Open();
        Assert.Equal(0, store.Kept.Entries);
        store.Write([Entry(1, "a")], [], NoDrops);
        var setAside = Assert.Single(Directory.GetFiles(_files.Directory, "outbox.db.set-aside-*"));
        Assert.Equal(setAside, store.Kept.SetAside);
        check(setAside);
        var line = Assert.Single(_log.Lines);
        Assert.Contains(reason, line, StringComparison.Ordinal);
        Assert.Contains(setAside, line, StringComparison.Ordinal);
    }

    private void Execute(string sql)
    {
        SqliteLibrary.Initialise();
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
