using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Reasoner.Storage.Tests;

/// <summary>A PostgreSQL server of its own, from the machine's binaries, on a free port of the loopback interface.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly int _port;
    private Process? _process;

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        _port = port;
    }

    /// <summary>The folder of the newest binaries; null where there are none.</summary>
    public static string? Binaries { get; } = FindBinaries();

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes a server and starts it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-postgres-").FullName;
        var server = new PostgresServer(folder, FreePort());
        // PostgreSQL refuses to run as root.
        if (Environment.IsPrivilegedProcess) Run("chown", ["postgres", folder]);
        Run(InBinaries("initdb"), ["-D", server.Data, "-U", "reasoner", "--auth=trust", "--encoding=UTF8", "--locale=C"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>The connection string of a database.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Database = database, Username = "reasoner", Password = "not-asked-for" }.ConnectionString;

    /// <summary>Makes an empty database.</summary>
    public async Task<string> MakeDatabaseAsync()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs a statement past the store.</summary>
    public Task ExecuteAsync(string database, string sql) => ExecuteOnAsync(ConnectionString(database), sql);

    /// <summary>Runs a statement past the store.</summary>
    public static async Task ExecuteOnAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts the server and waits until it serves.</summary>
    public async Task StartAgainAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            _process ??= Process.Start(Command(InBinaries("postgres"), ["-D", Data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", _folder, "-c", "fsync=on", "-c", "synchronous_commit=on"], quiet: true))!;
            try
            {
                await ExecuteAsync("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(started) < _patience)
            {
                // It may refuse to start while what was killed is not gone yet.
                if (_process.HasExited) _process = null;
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Ends all of the server's processes at once, as a power cut does.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null) Kill();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
                return ValueTask.CompletedTask;
            }
            catch (IOException) when (attempt < 20)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static string InBinaries(string name) => Path.Combine(Binaries!, name);

    private static string? FindBinaries()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(debian) ? Directory.EnumerateDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin")) : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(Command(program, arguments, quiet: true))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program}: {error}{output.Result}");
    }

    /// <summary>A command; as root it runs as the user postgres, in whose process it starts, so that killing it kills the server.</summary>
    private static ProcessStartInfo Command(string program, string[] arguments, bool quiet)
    {
        var asPostgres = Environment.IsPrivilegedProcess && program != "chown";
        var start = asPostgres
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = "/";
        start.RedirectStandardOutput = quiet;
        start.RedirectStandardError = quiet;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
