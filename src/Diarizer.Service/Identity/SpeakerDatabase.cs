using System.Globalization;
using Diarizer.Mqtt.Outbox;
using Microsoft.Data.Sqlite;

namespace Diarizer.Service.Identity;

/// <summary>
/// The file of the voiceprints, <c>speakers.db</c> in the state directory. It is opened for each operation, so that the daemon and the commands can use it side by side, and keeps
/// its journal beside it only while it is written. What is deleted is overwritten and the file is written anew: nothing of it is left in the folder.
/// </summary>
internal sealed class SpeakerDatabase(string directory)
{
    public const string Name = "speakers.db";

    /// <summary>"DiaV", written into the header of the file: it tells our files from others'.</summary>
    private const long ApplicationId = 0x44696156;

    private const long SchemaVersion = 1;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.Combine(directory, Name);

    public bool Exists => File.Exists(Path);

    /// <summary>Changes whenever the file does.</summary>
    public (DateTime Written, long Length) Stamp => new FileInfo(Path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>All rows, by number.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public IReadOnlyList<SealedProfile> Read() => Exists ? Use(connection => Rows(connection, null)) : [];

    /// <summary>Reads and writes in one transaction.</summary>
    /// <param name="change">Gets the rows and the next free number, and returns what becomes of them: numbers to delete and rows to put.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public void Change(Func<IReadOnlyList<SealedProfile>, int, (IReadOnlyList<int> Deleted, SealedProfile? Put)> change) => Use(connection =>
    {
        bool erased;
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            var rows = Rows(connection, transaction);
            var next = 1 + (int)(long)Scalar(connection, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'people'", transaction)!;
            var (deleted, put) = change(rows, next);
            foreach (var number in deleted)
                Execute(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM people WHERE number = {number}"), transaction);
            if (put is not null)
                Put(connection, transaction, put);
            transaction.Commit();
            erased = deleted.Count > 0 || rows.Any(r => r.Number == put?.Number);
        }

        // Deleted rows are overwritten already; this also takes what moved within the file and the numbers of free pages.
        if (erased)
            Execute(connection, "VACUUM");
        return 0;
    });

    private static List<SealedProfile> Rows(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT number, model, expires, key, content FROM people ORDER BY number";
        using var reader = command.ExecuteReader();
        List<SealedProfile> rows = [];
        while (reader.Read())
            rows.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2), reader.GetString(3), (byte[])reader[4]));
        return rows;
    }

    private static void Put(SqliteConnection connection, SqliteTransaction transaction, SealedProfile row)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT OR REPLACE INTO people (number, model, expires, key, content) VALUES ($number, $model, $expires, $key, $content)";
        command.Parameters.AddWithValue("$number", row.Number);
        command.Parameters.AddWithValue("$model", row.Model);
        command.Parameters.AddWithValue("$expires", row.Expires);
        command.Parameters.AddWithValue("$key", row.KeyId);
        command.Parameters.AddWithValue("$content", row.Content);
        command.ExecuteNonQuery();
    }

    private T Use<T>(Func<SqliteConnection, T> action)
    {
        try
        {
            SqliteLibrary.Initialise();
            CreateFile();
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = DELETE");
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA secure_delete = ON");
            Execute(connection, "PRAGMA temp_store = MEMORY");
            Execute(connection, "PRAGMA trusted_schema = OFF");
            Prepare(connection);
            return action(connection);
        }
        catch (SqliteException e)
        {
            throw new UserErrorException($"{Path} cannot be used: {WordsFor(e)}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidCastException)
        {
            throw new UserErrorException($"{Path} cannot be used ({e.Message.TrimEnd('.')}); it must belong to the user that the diarizer runs as.", e);
        }
    }

    private void CreateFile()
    {
        if (Exists)
            return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
            options.UnixCreateMode = OwnerOnly;
        }

        // SQLite takes an empty file for a new database and gives its journal the same mode.
        using var _ = new FileStream(Path, options);
    }

    private void Prepare(SqliteConnection connection)
    {
        if ((long)Scalar(connection, "SELECT count(*) FROM sqlite_schema")! == 0)
        {
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN IMMEDIATE;
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {SchemaVersion};
                CREATE TABLE IF NOT EXISTS people
                    (number INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, expires INTEGER NOT NULL, key TEXT NOT NULL, content BLOB NOT NULL);
                COMMIT
                """));
        }

        if ((long)Scalar(connection, "PRAGMA application_id")! != ApplicationId)
            throw new UserErrorException($"{Path} belongs to another program; choose another state directory.");
        if ((long)Scalar(connection, "PRAGMA user_version")! != SchemaVersion)
            throw new UserErrorException($"{Path} was made by another version of the diarizer; use that one, or delete the file and enrol everybody again.");
    }

    private static string WordsFor(SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => "the disk is full",
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => "another process has been writing it for more than 5 s; try again",
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_CANTOPEN => "it must not be read or written; it must belong to the user that the diarizer runs as",
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => "it is damaged; delete it and enrol everybody again, or look at it with sqlite3 and .recover",
        _ => e.Message.TrimEnd('.'),
    };

    private static object? Scalar(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
