using Npgsql;
using NpgsqlTypes;

namespace Reasoner.Storage;

/// <summary>The log in a PostgreSQL database.</summary>
internal sealed class PostgresLogDatabase : ILogDatabase
{
    private const string ReadHead = "SELECT sequence, hash FROM decision_log_head";

    private const string Insert =
        $"INSERT INTO decision_log ({EntryRows.Columns}) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[], $11::bytea[])";

    // Who sets the server up may ask for more than a commit on this machine's disk, but not for less.
    private const string BeDurable = "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    private readonly StorageOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly Preparation _preparation;
    private readonly string _shown;

    public PostgresLogDatabase(string connectionString, StorageOptions options)
    {
        _options = options;
        var settings = PostgresSettings.Parse(connectionString);
        var seconds = (int)Math.Ceiling(options.Timeout.TotalSeconds);
        settings.Timeout = seconds;
        settings.CommandTimeout = seconds;
        settings.ApplicationName ??= "reasoner";
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 16;
        settings.AutoPrepareMinUsages = 2;
        _shown = PostgresSettings.Shown(settings);
        _source = NpgsqlDataSource.Create(settings);
        _preparation = new Preparation(Prepare);
    }

    public Task PrepareAsync(CancellationToken cancellation) => _preparation.EnsureAsync(cancellation);

    public Task<KeptDecision[]> AppendAsync(IReadOnlyList<PendingAppend> group, CancellationToken cancellation) => WithConnection(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var (head, earlier) = await LookAsync(connection, group, cancellation);
            var plan = GroupPlan.Make(group, head, earlier);
            if (plan.Entries.Count > 0) await WriteAsync(connection, plan, cancellation);
            await transaction.CommitAsync(cancellation);
            return plan.Outcomes;
        },
        cancellation);

    public async Task<LogEntry?> FindAsync(string id, CancellationToken cancellation) =>
        (await SelectAsync("WHERE id = $1", cancellation, Text(id))).SingleOrDefault();

    public async Task<LogEntry?> FindByKeyAsync(string domain, string key, CancellationToken cancellation) =>
        (await SelectAsync("WHERE domain = $1 AND idempotency_key = $2", cancellation, Text(domain), Text(key))).SingleOrDefault();

    public async Task<IReadOnlyList<LogEntry>> ReadAsync(long after, int count, CancellationToken cancellation) =>
        await SelectAsync("WHERE sequence > $1 ORDER BY sequence LIMIT $2", cancellation, new NpgsqlParameter<long> { TypedValue = after }, new NpgsqlParameter<long> { TypedValue = count });

    public Task<LogHead> ReadHeadAsync(CancellationToken cancellation) => Reading(
        async connection =>
        {
            await using var command = new NpgsqlCommand(ReadHead, connection);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            return await ReadHeadAsync(rows, cancellation);
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        _preparation.Dispose();
        await _source.DisposeAsync();
    }

    private Task Prepare(CancellationToken cancellation) => WithConnection(
        async connection =>
        {
            if (_options.ReadOnly) await PostgresSchema.RequireAsync(connection, _shown, cancellation);
            else await PostgresSchema.MigrateAsync(connection, _shown, cancellation);
            return true;
        },
        cancellation);

    /// <summary>
    /// Takes the head's row, which every writer of every instance must hold, and then looks for what is there already: each
    /// statement sees what was committed before it started, so nothing can come in between.
    /// </summary>
    private async Task<(LogHead Head, List<LogEntry> Earlier)> LookAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> group, CancellationToken cancellation)
    {
        var keyed = group.Where(append => append.Key is not null).Select(append => append.Key!).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(BeDurable));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadHead + " FOR UPDATE"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT {EntryRows.Columns} FROM decision_log WHERE id = ANY($1)") { Parameters = { Array(group, append => append.Decision.Id) } });
        if (keyed.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                $"SELECT {EntryRows.Columns} FROM decision_log WHERE (domain, idempotency_key) IN (SELECT * FROM unnest($1::text[], $2::text[])) AND idempotency_key IS NOT NULL")
            {
                Parameters = { Array(keyed, key => key.Domain), Array(keyed, key => key.Key) },
            });
        }

        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        var head = await ReadHeadAsync(rows, cancellation);
        var earlier = new List<LogEntry>();
        while (await rows.NextResultAsync(cancellation))
            while (await rows.ReadAsync(cancellation)) earlier.Add(EntryRows.Read(rows));
        return (head, earlier);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, GroupPlan plan, CancellationToken cancellation)
    {
        var entries = plan.Entries;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                Array(entries, entry => entry.Sequence), Array(entries, entry => entry.TimeUs), Array(entries, entry => entry.Kind),
                Array(entries, entry => entry.Id), Array(entries, entry => entry.Domain), Array(entries, entry => entry.IdempotencyKey),
                Array(entries, entry => entry.Fingerprint), Array(entries, entry => entry.Record.ToArray()), Array(entries, entry => entry.Digest.ToArray()),
                Array(entries, entry => entry.Previous.ToArray()), Array(entries, entry => entry.Hash.ToArray()),
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE decision_log_head SET sequence = $1, hash = $2")
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = plan.Head.Sequence },
                new NpgsqlParameter<byte[]> { TypedValue = plan.Head.Hash.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<LogHead> ReadHeadAsync(NpgsqlDataReader rows, CancellationToken cancellation) =>
        await rows.ReadAsync(cancellation) ? EntryRows.ReadHead(rows) : throw SqliteLogDatabase.NoHead(_shown);

    private Task<List<LogEntry>> SelectAsync(string where, CancellationToken cancellation, params NpgsqlParameter[] parameters) => Reading(
        async connection =>
        {
            await using var command = new NpgsqlCommand($"SELECT {EntryRows.Columns} FROM decision_log {where}", connection);
            foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var entries = new List<LogEntry>();
            while (await rows.ReadAsync(cancellation)) entries.Add(EntryRows.Read(rows));
            return entries;
        },
        cancellation);

    /// <summary>A connection may have died since it was last used, so what only reads is tried once more on another.</summary>
    private async Task<T> Reading<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await WithConnection(work, cancellation);
        }
        catch (StorageException problem) when (problem.Problem == StorageProblem.Unreachable)
        {
            return await WithConnection(work, cancellation);
        }
    }

    private async Task<T> WithConnection<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation);
            return await work(connection);
        }
        catch (Exception problem) when (PostgresProblems.Of(problem, _shown) is not null)
        {
            throw PostgresProblems.Of(problem, _shown)!;
        }
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Array<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> value)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(items[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | ElementType(typeof(T)) };
    }

    private static NpgsqlDbType ElementType(Type type) =>
        type == typeof(long) ? NpgsqlDbType.Bigint : type == typeof(string) ? NpgsqlDbType.Text : NpgsqlDbType.Bytea;
}
