using Google.Protobuf;
using Reasoner.Constraints.Solving.Protocol;

namespace Reasoner.Constraints.Solving;

/// <summary>How a model is searched. The defaults are those that tests/Reasoner.Benchmarks/results/solver.md speaks for.</summary>
public sealed record CpSolverOptions
{
    /// <summary>The defaults.</summary>
    public static CpSolverOptions Default { get; } = new();

    /// <summary>How long the solver may work; whatever it has by then is the answer.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How much the solver may work, in its own measure (about seconds). A search that ends by this limit ends the same way on
    /// every machine, which one that ends by <see cref="TimeLimit"/> does not. None where null.
    /// </summary>
    public double? DeterministicLimit { get; init; }

    /// <summary>The seed of the solver's choices.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many threads search side by side. Only with one is the answer the same each time.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the model is simplified before the search.</summary>
    public bool Presolve { get; init; } = true;

    /// <summary>
    /// How much of the model also becomes a linear relaxation: 0 none, 1 what is linear, 2 Boolean constraints too. With 0,
    /// large rosters that can be met are solved fastest, and those that ask for more than there is are not refuted in any time.
    /// </summary>
    public int LinearizationLevel { get; init; } = 2;

    /// <summary>How hard symmetries are looked for: 0 not at all, up to 4.</summary>
    public int SymmetryLevel { get; init; } = 2;

    /// <summary>Whether the first solution will do.</summary>
    public bool StopAtFirstSolution { get; init; }

    /// <summary>Whether the solver keeps a log of its work: <see cref="CpSolution.Log"/>.</summary>
    public bool Log { get; init; }

    /// <summary>Memory in MB at which the solver stops by itself.</summary>
    public int MemoryLimit { get; init; } = 1500;

    internal byte[] ToBytes()
    {
        Check(TimeLimit > TimeSpan.Zero && TimeLimit <= TimeSpan.FromDays(1), "TimeLimit must be above 0 and at most a day.");
        Check(DeterministicLimit is null or > 0, "DeterministicLimit must be above 0.");
        Check(Seed >= 0, "Seed must not be negative.");
        Check(Threads is >= 1 and <= 256, "Threads must be from 1 to 256.");
        Check(LinearizationLevel is >= 0 and <= 2, "LinearizationLevel must be from 0 to 2.");
        Check(SymmetryLevel is >= 0 and <= 4, "SymmetryLevel must be from 0 to 4.");
        Check(MemoryLimit >= 1, "MemoryLimit must be 1 or more.");
        var parameters = new SatParameters
        {
            MaxTimeInSeconds = TimeLimit.TotalSeconds,
            RandomSeed = Seed,
            NumWorkers = Threads,
            CpModelPresolve = Presolve,
            LinearizationLevel = LinearizationLevel,
            SymmetryLevel = SymmetryLevel,
            StopAfterFirstSolution = StopAtFirstSolution,
            LogSearchProgress = Log,
            // Standard output belongs to the frames.
            LogToStdout = false,
            LogToResponse = Log,
            MaxMemoryInMb = MemoryLimit,
        };
        if (DeterministicLimit is { } work) parameters.MaxDeterministicTime = work;
        return parameters.ToByteArray();
    }

    private static void Check(bool holds, string problem)
    {
        if (!holds) throw new SolverException("The solver's options cannot be used.", problem);
    }
}
