namespace Reasoner.Benchmarks;

/// <summary>A program that does the tasks.</summary>
/// <param name="Name">As tables name it.</param>
/// <param name="Program">What to start.</param>
/// <param name="Extension">Of the input that it reads.</param>
/// <param name="Arguments">Its arguments for a task's path without extension.</param>
internal sealed record Peer(string Name, string Program, string Extension, Func<string, string[]> Arguments)
{
    public static Peer Reasoner { get; } = new(
        "reasoner infer",
        Path.Combine(Repository.Root, "src", "Reasoner.Cli", "bin", "Release", "net10.0", "reasoner"),
        ".srl",
        path => ["infer", "--rules", path + ".srl", "--data", path + ".nt", "--out", path + ".out.nt"]);

    /// <summary>Others. gringo and z3 write what they find, clingo only counts; they read shorter names than IRIs.</summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new("clingo", "clingo", ".lp", path => ["-q", path + ".lp"]),
        new("gringo", "gringo", ".lp", path => ["--text", path + ".lp"]),
        new("SWI-Prolog", "swipl", ".pl", path => ["--stack-limit=8g", "--table-space=8g", "-g", "main", "-t", "halt", path + ".pl"]),
        new("z3", "z3", ".datalog", path => [path + ".datalog"]),
    ];

    public bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, Program)));

    public bool Takes(string path) => File.Exists(path + Extension);
}
