using System.Globalization;
using Npgsql;

namespace Reasoner.Storage;

/// <summary>The tables of a PostgreSQL store, by version. A version that was released is never changed; a new one is added.</summary>
internal static class PostgresSchema
{
    /// <summary>Who changes tables holds this advisory lock, so that of several instances that start together one does.</summary>
    private const long MigrationLock = 0x52534E52_0001;

    private static readonly string[] _versions =
    [
        """
        CREATE TABLE decision_log (
          sequence bigint PRIMARY KEY,
          time_us bigint NOT NULL,
          kind text NOT NULL,
          id text NOT NULL UNIQUE,
          domain text NOT NULL,
          idempotency_key text,
          fingerprint text,
          record bytea NOT NULL,
          digest bytea NOT NULL,
          previous bytea NOT NULL,
          hash bytea NOT NULL
        );
        -- Records are compressed already.
        ALTER TABLE decision_log ALTER COLUMN record SET STORAGE EXTERNAL;
        CREATE UNIQUE INDEX decision_log_key ON decision_log (domain, idempotency_key) WHERE idempotency_key IS NOT NULL;
        CREATE TABLE decision_log_head (
          one boolean PRIMARY KEY CHECK (one),
          sequence bigint NOT NULL,
          hash bytea NOT NULL
        );
        INSERT INTO decision_log_head VALUES (true, 0, decode(repeat('00', 32), 'hex'));
        CREATE FUNCTION decision_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'the decision log only grows'; END $$;
        CREATE TRIGGER decision_log_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decision_log
          FOR EACH STATEMENT EXECUTE FUNCTION decision_log_only_grows();
        """,
    ];

    /// <summary>Brings the tables up to date, in one transaction that waits for others who do the same.</summary>
    /// <exception cref="StorageException">A newer program made them.</exception>
    public static async Task MigrateAsync(NpgsqlConnection connection, string shown, CancellationToken cancellation)
    {
        // A user without the right to make tables may use those that are there.
        if (await VersionAsync(connection, shown, cancellation) == _versions.Length) return;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({MigrationLock})"), cancellation);
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS reasoner_schema (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())", cancellation);
        for (var version = await VersionAsync(connection, shown, cancellation); version < _versions.Length; version++)
        {
            await ExecuteAsync(connection, _versions[version], cancellation);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO reasoner_schema (version) VALUES ({version + 1})"), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Makes sure that tables that are only read are up to date.</summary>
    /// <exception cref="StorageException">They are not there, or a newer or older program's.</exception>
    public static async Task RequireAsync(NpgsqlConnection connection, string shown, CancellationToken cancellation)
    {
        if (await VersionAsync(connection, shown, cancellation) < _versions.Length)
            throw new StorageException(StorageProblem.Address, $"{shown} holds no decision log of this version; 'reasoner serve' makes it or brings it up to date.");
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, string shown, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('reasoner_schema') IS NOT NULL", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!) return 0;
        await using var newest = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM reasoner_schema", connection);
        var version = (int)(await newest.ExecuteScalarAsync(cancellation))!;
        return version <= _versions.Length
            ? version
            : throw new StorageException(StorageProblem.NewerSchema, $"{shown} was brought up to date by a newer version of reasoner (its tables are of version {version}, this program knows {_versions.Length}); run that version.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
