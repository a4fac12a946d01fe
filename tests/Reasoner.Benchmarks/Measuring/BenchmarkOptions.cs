using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Names">What to measure of a benchmark; all where empty.</param>
/// <param name="WithPeers">Whether to run other programs too.</param>
/// <param name="Runs">How often each is run.</param>
/// <param name="Limit">How long a process may take.</param>
/// <param name="Work">A folder for inputs and npm packages that is kept; null for a temporary one.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Names, bool WithPeers, int Runs, TimeSpan Limit, string? Work)
{
    public const string Usage = "[--peers] [--native] [--runs N] [--limit SECONDS] [--work FOLDER] [--data FOLDER] [--seeds N] [NAME ...]";

    /// <summary>Whether to publish this program as native code and run that too.</summary>
    public bool WithNative { get; init; }

    /// <summary>The folder that labelled cases stand in.</summary>
    public string Data { get; init; } = Path.Combine(Repository.Root, "..", "shared", "data", "credit");

    /// <summary>How many ways of dividing the cases into folds.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>Reads the arguments after the benchmark's name.</summary>
    /// <exception cref="FormatException">An argument is not understood.</exception>
    public static BenchmarkOptions Read(IEnumerable<string> arguments)
    {
        var options = new BenchmarkOptions([], WithPeers: false, Runs: 3, TimeSpan.FromSeconds(60), Work: null);
        using var rest = arguments.GetEnumerator();
        string Value(string option) => rest.MoveNext() ? rest.Current : throw new FormatException($"{option} needs a value.");
        while (rest.MoveNext())
        {
            var argument = rest.Current;
            options = argument switch
            {
                "--peers" => options with { WithPeers = true },
                "--native" => options with { WithNative = true },
                "--runs" => options with { Runs = int.Parse(Value(argument), CultureInfo.InvariantCulture) },
                "--limit" => options with { Limit = TimeSpan.FromSeconds(double.Parse(Value(argument), CultureInfo.InvariantCulture)) },
                "--work" => options with { Work = Path.GetFullPath(Value(argument)) },
                "--data" => options with { Data = Path.GetFullPath(Value(argument)) },
                "--seeds" when int.Parse(Value(argument), CultureInfo.InvariantCulture) is var seeds => seeds >= 1
                    ? options with { Seeds = seeds }
                    : throw new FormatException("--seeds must be 1 or more."),
                _ when argument.StartsWith("--", StringComparison.Ordinal) => throw new FormatException($"{argument} is no option: {Usage}."),
                _ => options with { Names = [.. options.Names, argument] },
            };
        }

        return options;
    }

    public bool Wants(string name) => Names.Count == 0 || Names.Contains(name);
}
