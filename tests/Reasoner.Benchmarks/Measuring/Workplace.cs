namespace Reasoner.Benchmarks;

/// <summary>The folder that a benchmark's inputs stand in, those of the generators beside the repository among them, and what it lacks.</summary>
internal sealed class Workplace : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);
    private static readonly string[] _packages = ["@gorules/zen-engine@0.54.0", "json-rules-engine@7.3.1", "n3@2.13.12"];
    private readonly bool _isTemporary;
    private readonly List<string> _missing = [];

    /// <summary>Makes the folder and its inputs, where they are not there yet.</summary>
    public Workplace(BenchmarkOptions options)
    {
        _isTemporary = options.Work is null;
        Folder = options.Work ?? Directory.CreateTempSubdirectory("reasoner-benchmarks").FullName;
        Data = Path.Combine(Folder, "data");
        Directory.CreateDirectory(Data);
        if (Repository.Generators is null) _missing.Add("the generators in ../shared/peers");
        else if (!File.Exists(Path.Combine(Data, "loan.jdm.json"))) Need("python3", [Path.Combine(Repository.Generators, "gen.py"), Data]);
    }

    /// <summary>Where programs run; npm packages are found from here.</summary>
    public string Folder { get; }

    /// <summary>Where inputs stand.</summary>
    public string Data { get; }

    /// <summary>Where a program's output goes: one file for all, on the same file system.</summary>
    public string Output => Path.Combine(Folder, "out.txt");

    /// <summary>Says what was not measured for lack of it; empty where nothing lacks.</summary>
    public IEnumerable<string> Remarks => _missing.Count == 0 ? [] : ["", $"Not here, so not measured: {string.Join(", ", _missing)}."];

    /// <summary>A file beside the generators.</summary>
    public static string Script(string name) => Path.Combine(Repository.Generators!, name);

    /// <summary>Whether a program is there; notes it where it is not.</summary>
    public bool Has(string program)
    {
        if (ProcessRun.IsInstalled(program)) return true;
        if (!_missing.Contains(program)) _missing.Add(program);
        return false;
    }

    /// <summary>Whether Node.js and the npm packages to compare with are there; fetches those.</summary>
    public bool HasNodePackages()
    {
        if (Repository.Generators is null || !Has("node") || !Has("npm")) return false;
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "n3"))) return true;
        if (!File.Exists(Path.Combine(Folder, "package.json"))) File.WriteAllText(Path.Combine(Folder, "package.json"), "{\"private\":true}");
        return Need("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", .. _packages]);
    }

    /// <summary>Publishes this program as native code, and returns its path; null where that fails, as without a C compiler.</summary>
    public string? PublishNative()
    {
        var folder = Path.Combine(Folder, "native");
        var project = Path.Combine(Repository.Root, "src", "Reasoner.Cli");
        return Need("dotnet", ["publish", project, "-c", "Release", "--use-current-runtime", "-p:PublishAot=true", "-o", folder]) ? Path.Combine(folder, "reasoner") : null;
    }

    public void Dispose()
    {
        if (_isTemporary) Directory.Delete(Folder, recursive: true);
    }

    private bool Need(string program, string[] arguments)
    {
        if (ProcessRun.IsInstalled(program) && ProcessRun.Of(program, arguments, _patience, Output, Folder).Outcome == ProcessOutcome.Done) return true;
        _missing.Add($"what {program} {string.Join(' ', arguments.Take(2))} makes");
        return false;
    }
}
