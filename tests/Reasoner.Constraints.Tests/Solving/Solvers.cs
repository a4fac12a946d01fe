using Reasoner.Constraints.Solving;

namespace Reasoner.Constraints.Tests.Solving;

/// <summary>The hosts that run here, and solvers shared by tests that do not break them.</summary>
internal static class Solvers
{
    private static readonly Dictionary<SolverHost, Lazy<WorkerCpSolver>> Shared =
        Hosts.ToDictionary(host => host, host => new Lazy<WorkerCpSolver>(() => New(host)));

    /// <summary>Time enough for a machine that does much else.</summary>
    public static CpSolverOptions Patient { get; } = new() { TimeLimit = TimeSpan.FromMinutes(2) };

    /// <summary>The hosts whose files are beside the tests.</summary>
    public static IReadOnlyList<SolverHost> Hosts =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cp-sat-native")) ? [SolverHost.Node, SolverHost.Native] : [SolverHost.Node];

    /// <summary>The hosts, for a theory.</summary>
    public static TheoryData<SolverHost> HostData => [.. Hosts];

    /// <summary>A solver that no test disposes.</summary>
    public static WorkerCpSolver Of(SolverHost host) => Shared[host].Value;

    /// <summary>A solver of a test's own.</summary>
    public static WorkerCpSolver New(SolverHost host, Func<WorkerPoolOptions, WorkerPoolOptions>? with = null)
    {
        var options = new WorkerPoolOptions { Host = host, StartTimeout = TimeSpan.FromMinutes(2), Grace = TimeSpan.FromMinutes(1) };
        return new WorkerCpSolver(with is null ? options : with(options));
    }

    /// <summary>A model that takes far longer to refute than any test waits: more pigeons than holes, without help.</summary>
    public static (CpModel Model, CpSolverOptions Options) Endless()
    {
        var model = new CpModel();
        const int holes = 13;
        var nests = Enumerable.Range(0, holes + 1).Select(_ => Enumerable.Range(0, holes).Select(_ => model.NewBool()).ToArray()).ToArray();
        foreach (var pigeon in nests) model.AddAtLeastOne(pigeon);
        for (var hole = 0; hole < holes; hole++)
        {
            for (var one = 0; one <= holes; one++)
            {
                for (var other = 0; other < one; other++) model.AddAtLeastOne(!nests[one][hole], !nests[other][hole]);
            }
        }

        return (model, new CpSolverOptions { Presolve = false, SymmetryLevel = 0, LinearizationLevel = 0, TimeLimit = TimeSpan.FromMinutes(10) });
    }
}
