using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Reasoner.Constraints.Solving;

/// <summary>A program that speaks <see cref="WorkerFrame"/>: what to start, and what to advise when that fails.</summary>
internal sealed record WorkerProgram(string Name, string File, IReadOnlyList<string> Arguments, string Advice)
{
    private const string NodeAdvice = "Install Node.js 20 or later (https://nodejs.org), or name its program in REASONER_NODE.";

    /// <summary>Environment variables that the program needs besides those of this process.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The programs to try, in order.</summary>
    /// <exception cref="SolverException">The one that is asked for is not there.</exception>
    public static IReadOnlyList<WorkerProgram> Candidates(WorkerPoolOptions options)
    {
        switch (Wanted(options.Host))
        {
            case SolverHost.Node:
                return [Node(options)];
            case SolverHost.Native:
                return [Native(options) ?? throw new SolverException(
                    $"The native solver is not at {NativeFolder(options)}.", "Use Node.js instead: set REASONER_SOLVER to node, or leave it unset.")];
            default:
                return Native(options) is { } native ? [native, Node(options)] : [Node(options)];
        }
    }

    /// <summary>How a process of the program is started.</summary>
    public ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo(File, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return start;
    }

    private static SolverHost Wanted(SolverHost host)
    {
        if (host != SolverHost.Auto) return host;
        var wanted = System.Environment.GetEnvironmentVariable("REASONER_SOLVER");
        return wanted switch
        {
            null or "" or "auto" => SolverHost.Auto,
            "node" => SolverHost.Node,
            "native" => SolverHost.Native,
            _ => throw new SolverException($"REASONER_SOLVER is \"{wanted}\".", "It must be node, native or auto."),
        };
    }

    private static WorkerProgram Node(WorkerPoolOptions options)
    {
        var script = Path.Combine(options.Folder, "cp-sat", "cp-sat-worker.mjs");
        var missing = new[] { script, Path.Combine(options.Folder, "cp-sat", "or-tools-wasm", "package.json") }.FirstOrDefault(file => !System.IO.File.Exists(file));
        if (missing is not null) throw new SolverException($"The solver's file {missing} is missing.", "Build or install the program again: the folder cp-sat belongs beside it.");
        var node = options.NodePath ?? System.Environment.GetEnvironmentVariable("REASONER_NODE");
        return new WorkerProgram(
            "Node.js",
            string.IsNullOrEmpty(node) ? "node" : node,
            // The heap of JavaScript only holds messages on their way; the solver's memory is WebAssembly's.
            ["--max-old-space-size=512", script, options.MaxFrameBytes.ToString(CultureInfo.InvariantCulture)],
            NodeAdvice);
    }

    private static string NativeFolder(WorkerPoolOptions options) => Path.Combine(options.Folder, "cp-sat-native");

    private static WorkerProgram? Native(WorkerPoolOptions options)
    {
        var file = Path.Combine(NativeFolder(options), OperatingSystem.IsWindows() ? "Reasoner.Constraints.Worker.exe" : "Reasoner.Constraints.Worker");
        if (!System.IO.File.Exists(file)) return null;
        return new WorkerProgram(
            "The native solver",
            file,
            [options.MaxFrameBytes.ToString(CultureInfo.InvariantCulture)],
            "Use Node.js instead: set REASONER_SOLVER to node.")
        {
            Environment = RuntimeRoot() is { } root ? [new("DOTNET_ROOT", root)] : [],
        };
    }

    /// <summary>Where the runtime of this process is installed, for a worker that needs it too; null where it has none.</summary>
    private static string? RuntimeRoot()
    {
        // ROOT/shared/Microsoft.NETCore.App/VERSION/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Directory.Exists(Path.Combine(root, "shared", "Microsoft.NETCore.App")) ? root : null;
    }
}
