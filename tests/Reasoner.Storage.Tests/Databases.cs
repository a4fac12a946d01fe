using Microsoft.Data.Sqlite;

namespace Reasoner.Storage.Tests;

/// <summary>The databases of the tests, PostgreSQL where its binaries are.</summary>
public sealed class Databases : IAsyncLifetime
{
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";
    private readonly string _folder = Directory.CreateTempSubdirectory("reasoner-storage-").FullName;
    private PostgresServer? _postgres;

    public static TheoryData<string> All => PostgresServer.Binaries is null ? [Sqlite] : [Sqlite, Postgres];

    /// <summary>The server; it is started when it is needed first.</summary>
    public async Task<PostgresServer> PostgresAsync() => _postgres ??= await PostgresServer.StartAsync();

    /// <summary>An empty database.</summary>
    public async Task<TestDatabase> MakeAsync(string kind) => kind == Sqlite
        ? new TestDatabase(kind, Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".db"))
        : new TestDatabase(kind, await (await PostgresAsync()).MakeDatabaseAsync());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

[CollectionDefinition(nameof(Databases))]
public sealed class DatabasesCollection : ICollectionFixture<Databases>;

/// <summary>A database of a test.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its address, as <c>--store</c> takes it.</param>
public sealed record TestDatabase(string Kind, string Address)
{
    public DecisionLog Open(StorageOptions? options = null) => StoreAddress.Parse(Address).OpenLog(options);

    /// <summary>Does what nobody should: statements past the store, with the tables' own guards off.</summary>
    public async Task TamperAsync(params string[] statements)
    {
        if (Kind == Databases.Postgres)
        {
            await PostgresServer.ExecuteOnAsync(Address, string.Join(';', ["ALTER TABLE decision_log DISABLE TRIGGER decision_log_no_change", .. statements]));
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={Address};Pooling=false");
        await connection.OpenAsync();
        foreach (var statement in (string[])["DROP TRIGGER IF EXISTS decision_log_no_update", "DROP TRIGGER IF EXISTS decision_log_no_delete", .. statements])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }
}
