namespace Reasoner.Benchmarks;

/// <summary>A program that does the tasks.</summary>
/// <param name="Name">As tables name it.</param>
/// <param name="Program">What to start.</param>
/// <param name="Extension">Of the input that it reads.</param>
/// <param name="Arguments">Its arguments for a task's path without extension.</param>
/// <param name="Count">How many facts it derived, from its output and the number of facts given; null where it does not say.</param>
internal sealed record Peer(
    string Name, string Program, string Extension, Func<string, IEnumerable<string>> Arguments, Func<IEnumerable<string>, long, long?> Count)
{
    private const string Derived = "derived ";

    /// <summary>This program, which writes what it derives to the file that others' output goes to.</summary>
    public static Peer Reasoner { get; } = new(
        "reasoner infer",
        Path.Combine(Repository.Root, "src", "Reasoner.Cli", "bin", "Release", "net10.0", "reasoner"),
        ".srl",
        path => ["infer", "--rules", path + ".srl", "--data", path + ".nt", .. Ontology(path).SelectMany(file => new[] { "--ontology", file })],
        (lines, _) => lines.LongCount());

    /// <summary>The same program as native code.</summary>
    public static Peer Native(string program) => Reasoner with { Name = "reasoner (native)", Program = program };

    /// <summary>
    /// Others. gringo, z3 and EYE write what they find, clingo and SWI-Prolog count it; all but EYE read shorter names than
    /// IRIs, which is less to read.
    /// </summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new("clingo", "clingo", ".lp", path => ["-q", "--stats", path + ".lp"], (lines, given) => Atoms(lines) - given),
        new("gringo", "gringo", ".lp", path => ["--text", path + ".lp"], (lines, given) => lines.LongCount(line => line.EndsWith('.')) - given),
        new("SWI-Prolog", "swipl", ".pl", path => ["--stack-limit=8g", "--table-space=8g", "-g", "main", "-t", "halt", path + ".pl"],
            (lines, _) => lines.FirstOrDefault(line => line.StartsWith(Derived, StringComparison.Ordinal)) is { } line ? Number(line[Derived.Length..]) : null),
        new("z3", "z3", ".datalog", path => [path + ".datalog"], (lines, _) => lines.LongCount(line => line.StartsWith("\t(", StringComparison.Ordinal))),
        new("EYE", "eye.pvm", ".n3",
            path => ["--nope", "--quiet", .. Ontology(path).Append(path + (File.Exists(path + ".ttl") ? ".ttl" : ".nt")).SelectMany(file => new[] { "--turtle", file }), "--n3", path + ".n3", "--pass-only-new"],
            (lines, _) => lines.LongCount(line => line.Trim().Length > 0 && line[0] is not ('@' or '#'))),
    ];

    public bool Takes(string path) => File.Exists(path + Extension);

    private static string[] Ontology(string path) => File.Exists(path + ".ontology.nt") ? [path + ".ontology.nt"] : [];

    private static long? Atoms(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.StartsWith("Atoms", StringComparison.Ordinal)) is { } line ? Number(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]) : null;

    private static long? Number(string text) =>
        long.TryParse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), out var number) ? number : null;
}
