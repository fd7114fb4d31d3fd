using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Diarizer.Mqtt.Outbox;

// From a path to a connection with our tables, and what can go wrong on the way and later.
internal sealed partial class SqliteOutboxStore
{
    /// <summary>"Diar", written into the header of the file: it tells our files from others'.</summary>
    private const long ApplicationId = 0x44696172;

    private const long SchemaVersion = 1;

    /// <summary>The file is sound, but not one of ours.</summary>
    private sealed class ForeignFileException(string message) : Exception(message);

    private static SqliteConnection Connect(OutboxFile file, MqttOutboxSynchronous synchronous)
    {
        // A pool would keep the file open after its disposal.
        var source = new SqliteConnectionStringBuilder { DataSource = file.Path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = 1 };
        var connection = new SqliteConnection(source.ConnectionString);
        try
        {
            connection.Open();
            // Exclusive locking keeps a second process out and needs no shared memory.
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA trusted_schema = OFF");
            Execute(connection, "PRAGMA secure_delete = ON");
            Execute(connection, "PRAGMA journal_size_limit = 1048576");
            Execute(connection, $"PRAGMA synchronous = {(synchronous == MqttOutboxSynchronous.Full ? "FULL" : "NORMAL")}");
            Prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection)
    {
        if (Scalar(connection, "PRAGMA quick_check(1)") is not "ok")
            throw new SqliteException("damaged", SQLitePCL.raw.SQLITE_CORRUPT);
        if ((long)Scalar(connection, "SELECT count(*) FROM sqlite_schema")! == 0)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN IMMEDIATE;
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {SchemaVersion};
                CREATE TABLE entries (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL);
                CREATE TABLE drops (reason INTEGER PRIMARY KEY, entries INTEGER NOT NULL);
                COMMIT
                """));
            return;
        }
        if ((long)Scalar(connection, "PRAGMA application_id")! != ApplicationId)
            throw new ForeignFileException("belongs to another program");
        if (Scalar(connection, "PRAGMA user_version") is not SchemaVersion)
            throw new ForeignFileException("was made by another version of the diarizer");
    }

    /// <summary>Why a file can never be used; null when trying again may help.</summary>
    private static string? WhyUnusable(Exception e) => e switch
    {
        ForeignFileException => e.Message,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB } => "is no SQLite database",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT } => "is damaged",
        // Our mark on a file that lacks our tables.
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_ERROR } => "does not hold what it should",
        _ => null,
    };

    private static T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw new OutboxStoreException(WordsFor(e), e) { IsInUse = e.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidCastException or UserErrorException)
        {
            throw new OutboxStoreException(e.Message.TrimEnd('.'), e);
        }
    }

    private static string WordsFor(SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => "the disk is full",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => "another diarizer uses the file (give each daemon its own StateDirectory)",
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM => "the file must not be written",
        SQLitePCL.raw.SQLITE_CANTOPEN => "the file cannot be opened",
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => "the file is damaged",
        SQLitePCL.raw.SQLITE_IOERR => "the disk fails",
        _ => e.Message.TrimEnd('.'),
    };

    private static object? Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static int Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteNonQuery();
    }
}
