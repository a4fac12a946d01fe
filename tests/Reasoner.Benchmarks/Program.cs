using Reasoner.Benchmarks;

// dotnet run -c Release --project tests/Reasoner.Benchmarks -- decisions|infer [--peers] [--runs N] [TASK ...]
var names = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
var command = "dotnet run -c Release --project tests/Reasoner.Benchmarks -- " + string.Join(' ', args);
switch (names.FirstOrDefault())
{
    case "decisions":
        Results.Write("decisions", command, DecisionBenchmark.Run());
        return 0;
    case "infer":
        var runs = Array.IndexOf(args, "--runs") is var at and >= 0 ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture) : 3;
        var tasks = names.Skip(1).Where(name => InferenceTask.All.Any(task => task.Name == name)).ToHashSet();
        Results.Write("infer", command, InferenceBenchmark.Run(task => tasks.Count == 0 || tasks.Contains(task.Name), args.Contains("--peers"), runs));
        return 0;
    default:
        Console.Error.WriteLine("Say what to measure: decisions, or infer [--peers] [--runs N] [TASK ...]. Tasks: "
            + string.Join(", ", InferenceTask.All.Select(task => task.Name)) + ".");
        return 2;
}
