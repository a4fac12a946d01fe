using Npgsql;

namespace Reasoner.Storage;

/// <summary>
/// Where decisions are kept, as an operator writes it: <c>memory</c>, a file for SQLite, or PostgreSQL as
/// <c>Host=...;Database=...</c> or <c>postgres://user@host/database</c>.
/// </summary>
public sealed class StoreAddress
{
    private readonly string _value;
    private readonly StoreKind _kind;

    private StoreAddress(StoreKind kind, string value, string shown)
    {
        _kind = kind;
        _value = value;
        Shown = shown;
    }

    private enum StoreKind
    {
        Memory,
        Sqlite,
        Postgres,
    }

    /// <summary>Decisions that end with the process.</summary>
    public static StoreAddress Memory { get; } = new(StoreKind.Memory, "", "memory");

    /// <summary>The address without secrets, for logs and messages.</summary>
    public string Shown { get; }

    /// <summary>Whether decisions end with the process.</summary>
    public bool IsMemory => _kind == StoreKind.Memory;

    /// <summary>Reads an address.</summary>
    /// <exception cref="StorageException">It is not understood; the message does not repeat it, as it may hold a password.</exception>
    public static StoreAddress Parse(string text)
    {
        if (text == "memory") return Memory;
        var isUri = text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
        if (!isUri && !IsConnectionString(text)) return OfFile(text);
        var settings = PostgresSettings.Parse(text, isUri);
        return new StoreAddress(StoreKind.Postgres, settings.ConnectionString, PostgresSettings.Shown(settings));
    }

    /// <summary>A SQLite file.</summary>
    /// <exception cref="StorageException">The name can be no file's.</exception>
    public static StoreAddress OfFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new StorageException(StorageProblem.Address, "The store has no name; write memory, a file's name, or a connection string of PostgreSQL.");
        return new StoreAddress(StoreKind.Sqlite, Path.GetFullPath(path), Path.GetFullPath(path));
    }

    /// <summary>Opens the store; nothing is read or made before it is used.</summary>
    public IDecisionStore Open(StorageOptions? options = null) => IsMemory ? new MemoryDecisionStore(options) : OpenLog(options);

    /// <summary>Opens the store as a log.</summary>
    /// <exception cref="StorageException">It is in memory, which has none.</exception>
    public DecisionLog OpenLog(StorageOptions? options = null) => _kind switch
    {
        StoreKind.Sqlite => DecisionLog.OpenSqlite(_value, options),
        StoreKind.Postgres => DecisionLog.OpenPostgres(_value, options),
        _ => throw new StorageException(StorageProblem.Address, "Decisions in memory end with their process and have no log; name a file or a PostgreSQL database."),
    };

    /// <summary>The address without secrets.</summary>
    public override string ToString() => Shown;

    /// <summary>A file's name may hold an equals sign, but hardly one after Host or Server.</summary>
    private static bool IsConnectionString(string text) => text.Split(';').Any(part =>
        part.Split('=') is [var name, _, ..] && (name.Trim().Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Trim().Equals("Server", StringComparison.OrdinalIgnoreCase)));
}

/// <summary>Connection strings of PostgreSQL.</summary>
internal static class PostgresSettings
{
    /// <summary>Reads a connection string.</summary>
    /// <exception cref="StorageException">It is not understood.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text, bool isUri = false)
    {
        NpgsqlConnectionStringBuilder? settings = null;
        try
        {
            settings = isUri ? OfUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException or NotSupportedException)
        {
            // What the parser says may quote what it read, a password for instance, so it goes no further.
        }

        return string.IsNullOrEmpty(settings?.Host)
            ? throw new StorageException(
                StorageProblem.Address,
                "The connection string of PostgreSQL is not understood; write Host=...;Database=...;Username=...;Password=... or postgres://user:password@host:5432/database, with reserved characters of a URI escaped by %.")
            : settings;
    }

    /// <summary>The server and the database, and nothing else.</summary>
    public static string Shown(NpgsqlConnectionStringBuilder settings) => $"PostgreSQL at {settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";

    private static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host };
        if (uri.Port > 0) settings.Port = uri.Port;
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database) settings.Database = Uri.UnescapeDataString(database);
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2) settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            settings[Uri.UnescapeDataString(parts[0])] = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
        }

        return settings;
    }
}
