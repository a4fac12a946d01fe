using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Reasoner.Storage;

/// <summary>The tables of a SQLite store, by version. A version that was released is never changed; a new one is added.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a file as Reasoner's (application_id of SQLite): "RSNR".</summary>
    private const int ApplicationId = 0x52534E52;

    private static readonly string[] _versions =
    [
        """
        CREATE TABLE decision_log (
          sequence INTEGER PRIMARY KEY,
          time_us INTEGER NOT NULL,
          kind TEXT NOT NULL,
          id TEXT NOT NULL UNIQUE,
          domain TEXT NOT NULL,
          idempotency_key TEXT,
          fingerprint TEXT,
          record BLOB NOT NULL,
          digest BLOB NOT NULL,
          previous BLOB NOT NULL,
          hash BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX decision_log_key ON decision_log (domain, idempotency_key) WHERE idempotency_key IS NOT NULL;
        CREATE TABLE decision_log_head (
          one INTEGER PRIMARY KEY CHECK (one = 1),
          sequence INTEGER NOT NULL,
          hash BLOB NOT NULL
        ) STRICT;
        INSERT INTO decision_log_head VALUES (1, 0, zeroblob(32));
        CREATE TRIGGER decision_log_no_update BEFORE UPDATE ON decision_log BEGIN SELECT RAISE(ABORT, 'the decision log only grows'); END;
        CREATE TRIGGER decision_log_no_delete BEFORE DELETE ON decision_log BEGIN SELECT RAISE(ABORT, 'the decision log only grows'); END;
        """,
    ];

    /// <summary>Brings a file up to date, in one transaction that waits for others who do the same.</summary>
    /// <exception cref="StorageException">It is another program's, or a newer one's.</exception>
    public static void Migrate(SqliteConnection connection, string path)
    {
        if (Check(connection, path) == _versions.Length) return;
        // A reader does not wait for the writer then, and a commit is one write at the end of a file.
        Execute(connection, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        for (var version = Check(connection, path); version < _versions.Length; version++) Execute(connection, _versions[version]);
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {_versions.Length}"));
        transaction.Commit();
    }

    /// <summary>Makes sure that a file that is only read is up to date.</summary>
    /// <exception cref="StorageException">It is another program's, a newer one's, or an older one's.</exception>
    public static void Require(SqliteConnection connection, string path)
    {
        if (Check(connection, path) < _versions.Length)
            throw new StorageException(StorageProblem.Address, $"{path} is no decision log of this version; 'reasoner serve' makes it or brings it up to date.");
    }

    /// <summary>The version of a file; 0 for an empty one.</summary>
    private static long Check(SqliteConnection connection, string path)
    {
        var version = Number(connection, "PRAGMA user_version");
        var application = Number(connection, "PRAGMA application_id");
        if (application != ApplicationId && (application != 0 || version != 0 || Number(connection, "SELECT count(*) FROM sqlite_master") != 0))
            throw new StorageException(StorageProblem.Corrupt, $"{path} is a database of another program; name another file.");
        if (version > _versions.Length)
            throw new StorageException(StorageProblem.NewerSchema, $"{path} was made by a newer version of reasoner (its tables are of version {version}, this program knows {_versions.Length}); run that version.");
        return version;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
