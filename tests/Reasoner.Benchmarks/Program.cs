using Reasoner.Benchmarks;

// dotnet run -c Release --project tests/Reasoner.Benchmarks -- BENCHMARK [--peers] [--native] [--runs N] [--limit SECONDS] [--work FOLDER] [--data FOLDER] [--seeds N] [NAME ...]
var benchmarks = new Dictionary<string, Func<BenchmarkOptions, IReadOnlyList<string>>>
{
    ["decisions"] = _ => DecisionBenchmark.Run(),
    ["infer"] = InferenceBenchmark.Run,
    ["read"] = ReadingBenchmark.Run,
    ["loan"] = LoanBenchmark.Run,
    ["counterfactuals"] = CounterfactualBenchmark.Run,
    ["cases"] = _ => CaseBenchmark.Run(),
    ["proofs"] = ProofRecordingBenchmark.Run,
    ["models"] = ModelBenchmark.Run,
    ["reinforcement"] = ReinforcementBenchmark.Run,
    ["segments"] = SegmentBenchmark.Run,
    ["experts"] = ExpertBenchmark.Run,
    ["solver"] = SolverBenchmark.Run,
    ["log"] = LogBenchmark.Run,
    ["rosters"] = RosterBenchmark.Run,
};
if (args is ["rosters", "--past" or "--case", ..])
{
    // Measures nothing: it writes what the rostering domain is trained and measured with.
    RosterFiles.Write(args[1..]);
    return 0;
}

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Say what to measure: {string.Join(", ", benchmarks.Keys)}; then {BenchmarkOptions.Usage}.");
    Console.Error.WriteLine($"Or write generated rosters: {RosterFiles.Usage}.");
    Console.Error.WriteLine($"Names of infer: {string.Join(", ", InferenceTask.All.Select(task => task.Name))}; of read: c5.nt, c5.ttl, lubm1; of models, reinforcement and segments: {string.Join(", ", LabelledTask.All.Select(task => task.Domain))}; of counterfactuals: fast; of log: sqlite, postgres; of experts: {string.Join(", ", ExpertSize.All.Select(size => size.Name))}; of solver: {string.Join(", ", Roster.All.Select(roster => roster.Name))}; of rosters: {string.Join(", ", RosterBenchmark.Names)}.");
    return 2;
}

var options = BenchmarkOptions.Read(args.Skip(1));
var results = options.WithNative ? args[0] + "-native" : args[0];
Results.Write(results, "dotnet run -c Release --project tests/Reasoner.Benchmarks -- " + string.Join(' ', args), benchmark(options));
return 0;
