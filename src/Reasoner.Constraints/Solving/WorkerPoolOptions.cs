namespace Reasoner.Constraints.Solving;

/// <summary>What runs OR-Tools.</summary>
public enum SolverHost
{
    /// <summary>
    /// What the environment variable REASONER_SOLVER says (node or native); where it says nothing, native code where it
    /// is there and starts, else Node.js.
    /// </summary>
    Auto,

    /// <summary>WebAssembly in a Node.js process: wherever Node.js 20 or later is installed.</summary>
    Node,

    /// <summary>Native code in a .NET process: where the folder cp-sat-native stands beside the program.</summary>
    Native,
}

/// <summary>How solver processes are started and kept within bounds.</summary>
public sealed record WorkerPoolOptions
{
    /// <summary>The defaults.</summary>
    public static WorkerPoolOptions Default { get; } = new();

    /// <summary>What runs OR-Tools.</summary>
    public SolverHost Host { get; init; }

    /// <summary>How many processes there may be at a time; requests beyond wait in the order of their arrival.</summary>
    public int MaxWorkers { get; init; } = Environment.ProcessorCount;

    /// <summary>How many requests may wait; more are refused.</summary>
    public int MaxWaiting { get; init; } = 1000;

    /// <summary>The folder that cp-sat and cp-sat-native stand in: that of the program.</summary>
    public string Folder { get; init; } = AppContext.BaseDirectory;

    /// <summary>The Node.js program; where null, what the environment variable REASONER_NODE names, else node on the PATH.</summary>
    public string? NodePath { get; init; }

    /// <summary>How long a process may take to start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a solve's time limit its process is ended.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a process is kept without work.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many models a process solves before another takes its place.</summary>
    public int RecycleAfterSolves { get; init; } = 500;

    /// <summary>Resident memory in bytes above which a process is replaced once it has answered.</summary>
    public long RecycleAboveBytes { get; init; } = 1L << 30;

    /// <summary>Resident memory in bytes above which a process is ended in the middle of a solve.</summary>
    public long MaxWorkerBytes { get; init; } = 4L << 30;

    /// <summary>The longest message to or from a process, in bytes.</summary>
    public int MaxFrameBytes { get; init; } = 256 << 20;
}
