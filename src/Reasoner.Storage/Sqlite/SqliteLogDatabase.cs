using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Reasoner.Storage;

/// <summary>The log in a SQLite file. SQLite works on the caller's thread, so tasks that come back from here are complete.</summary>
internal sealed class SqliteLogDatabase : ILogDatabase
{
    private readonly string _path;
    private readonly StorageOptions _options;
    private readonly string _connectionString;
    private readonly Preparation _preparation;
    private SqliteLogWriter? _writer;

    static SqliteLogDatabase() => SQLitePCL.Batteries_V2.Init();

    public SqliteLogDatabase(string path, StorageOptions options)
    {
        _path = Path.GetFullPath(path);
        _options = options;
        _preparation = new Preparation(Prepare);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = options.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
            DefaultTimeout = (int)Math.Ceiling(options.Timeout.TotalSeconds),
        }.ConnectionString;
    }

    public Task PrepareAsync(CancellationToken cancellation) => _preparation.EnsureAsync(cancellation);

    public Task<KeptDecision[]> AppendAsync(IReadOnlyList<PendingAppend> group, CancellationToken cancellation) => Task.FromResult(Guard(() =>
    {
        _writer ??= new SqliteLogWriter(Open());
        try
        {
            return _writer.Append(group);
        }
        catch
        {
            _writer.Dispose();
            _writer = null;
            throw;
        }
    }));

    public Task<LogEntry?> FindAsync(string id, CancellationToken cancellation) =>
        Task.FromResult(Select("WHERE id = $1", id).SingleOrDefault());

    public Task<LogEntry?> FindByKeyAsync(string domain, string key, CancellationToken cancellation) =>
        Task.FromResult(Select("WHERE domain = $1 AND idempotency_key = $2", domain, key).SingleOrDefault());

    public Task<IReadOnlyList<LogEntry>> ReadAsync(long after, int count, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<LogEntry>>(Select("WHERE sequence > $1 ORDER BY sequence LIMIT $2", after, count));
    }

    public Task<LogHead> ReadHeadAsync(CancellationToken cancellation) => Task.FromResult(Guard(() =>
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence, hash FROM decision_log_head";
        using var rows = command.ExecuteReader();
        return rows.Read() ? EntryRows.ReadHead(rows) : throw NoHead(_path);
    }));

    public ValueTask DisposeAsync()
    {
        _writer?.Dispose();
        _preparation.Dispose();
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    internal static StorageException NoHead(string path) =>
        new(StorageProblem.Corrupt, $"{path} is damaged: its log has no head. Restore it from a back-up.");

    private Task Prepare(CancellationToken cancellation)
    {
        if (!_options.ReadOnly) MakeFile();
        else if (!File.Exists(_path)) throw new StorageException(StorageProblem.Address, $"There is no decision log at {_path}; name that of the service with --store.");
        Guard(() =>
        {
            using var connection = Open();
            if (_options.ReadOnly) SqliteSchema.Require(connection, _path);
            else SqliteSchema.Migrate(connection, _path);
            return true;
        });
        return Task.CompletedTask;
    }

    /// <summary>Records are about people: the file is for its owner alone. SQLite gives those that it puts beside it the same rights.</summary>
    private void MakeFile()
    {
        if (File.Exists(_path)) return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(_path, options).Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageProblem.Address, $"{_path} cannot be made: {problem.Message}", problem);
        }
    }

    private List<LogEntry> Select(string where, params object[] values) => Guard(() =>
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {EntryRows.Columns} FROM decision_log {where}";
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i]);
        using var rows = command.ExecuteReader();
        var entries = new List<LogEntry>();
        while (rows.Read()) entries.Add(EntryRows.Read(rows));
        return entries;
    });

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException problem)
        {
            throw SqliteProblems.Of(problem, _path);
        }
    }
}
