using Microsoft.Data.Sqlite;

namespace Reasoner.Storage;

/// <summary>The connection that writes, with its statements compiled once.</summary>
internal sealed class SqliteLogWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _readHead;
    private readonly SqliteCommand _findId;
    private readonly SqliteCommand _findKey;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _writeHead;

    /// <summary>Takes the connection over.</summary>
    public SqliteLogWriter(SqliteConnection connection)
    {
        _connection = connection;
        using (var durable = Command("PRAGMA synchronous = FULL")) durable.ExecuteNonQuery();
        _readHead = Command("SELECT sequence, hash FROM decision_log_head");
        _findId = Command($"SELECT {EntryRows.Columns} FROM decision_log WHERE id = $1", "$1");
        _findKey = Command($"SELECT {EntryRows.Columns} FROM decision_log WHERE domain = $1 AND idempotency_key = $2", "$1", "$2");
        _insert = Command($"INSERT INTO decision_log ({EntryRows.Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11");
        _writeHead = Command("UPDATE decision_log_head SET sequence = $1, hash = $2", "$1", "$2");
    }

    /// <summary>Writes a group in one transaction; it is on the disk when this returns.</summary>
    public KeptDecision[] Append(IReadOnlyList<PendingAppend> group)
    {
        // Immediate: another process that writes to the file is waited for before the head is read.
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_readHead, _findId, _findKey, _insert, _writeHead]) command.Transaction = transaction;
        var plan = GroupPlan.Make(group, ReadHead(), group.SelectMany(FindEarlier));
        foreach (var entry in plan.Entries) Insert(entry);
        if (plan.Entries.Count > 0) Bind(_writeHead, plan.Head.Sequence, plan.Head.Hash.ToArray()).ExecuteNonQuery();
        transaction.Commit();
        return plan.Outcomes;
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_readHead, _findId, _findKey, _insert, _writeHead]) command.Dispose();
        _connection.Dispose();
    }

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private LogHead ReadHead()
    {
        using var rows = _readHead.ExecuteReader();
        return rows.Read() ? EntryRows.ReadHead(rows) : throw SqliteLogDatabase.NoHead(_connection.DataSource);
    }

    private IEnumerable<LogEntry> FindEarlier(PendingAppend append)
    {
        if (Find(Bind(_findId, append.Decision.Id)) is { } sameId) yield return sameId;
        if (append.Key is { } key && Find(Bind(_findKey, key.Domain, key.Key)) is { } sameKey) yield return sameKey;
    }

    private static LogEntry? Find(SqliteCommand command)
    {
        using var rows = command.ExecuteReader();
        return rows.Read() ? EntryRows.Read(rows) : null;
    }

    private void Insert(LogEntry entry) => Bind(
        _insert,
        entry.Sequence, entry.TimeUs, entry.Kind, entry.Id, entry.Domain, entry.IdempotencyKey, entry.Fingerprint,
        entry.Record.ToArray(), entry.Digest.ToArray(), entry.Previous.ToArray(), entry.Hash.ToArray()).ExecuteNonQuery();

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
