using System.Diagnostics;
using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>10,000 loan applications by thirty rules, one at a time in one warm process on one core, beside other engines.</summary>
internal static class LoanBenchmark
{
    private static readonly string[] _node = ["node", "--max-old-space-size=8192"];

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        using var place = new Workplace(options);
        string Input(string name) => Path.Combine(place.Data, name);
        if (!File.Exists(Input("loan.srl"))) return [.. place.Remarks];
        var results = new List<LoanResult>();
        var rules = new LoanRules(Input("loan.srl"));
        var cases = LoanCase.ReadAll(Input("loan.cases.json"));
        var expected = File.ReadAllLines(Input("loan.expected.tsv"));
        var isSame = cases.Select(item => rules.Decide(item).ToLine(item.Id)).SequenceEqual(expected);
        var core = (Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture);
        using (var self = Process.GetCurrentProcess())
            if (OperatingSystem.IsLinux()) self.ProcessorAffinity = 1 << (Environment.ProcessorCount - 1);
        for (var run = 0; run < options.Runs; run++)
        {
            results.Add(Measure("reasoner", "plain", cases, isSame, item => rules.Decide(item)));
            results.Add(Measure("reasoner", "proofs", cases, isSame, item => rules.Decide(item, [])));
            if (!options.WithPeers || Repository.Generators is null) continue;
            foreach (var (name, command, count) in Others(place, Input)) results.AddRange(RunOther(name, command, count, core, place, options, expected));
            Console.Error.WriteLine($"run {run + 1} of {options.Runs}");
        }

        var medians = results.GroupBy(result => (result.Engine, result.Mode)).Select(group => LoanResult.Median([.. group])).ToList();
        return
        [
            "Timed for this program: an application held as numbers and a truth value in; an overlay over the compiled rules, its 13 facts as terms, "
            + "all that follows from them, and outcome, tier, affordability, risk and reasons as strings out; \"proofs\" adds a whole proof of each of these facts. "
            + "The others: zen and json-rules-engine take a JavaScript object and give one (trace: what zen says it did; explain of json-rules-engine: its results as JSON), SWI-Prolog asserts facts, asks and retracts them (explain: a meta-interpreter that returns proof trees), clingo makes a program for each. "
            + $"One full pass to warm, then one with each case timed (clingo: 200, then 2,000); medians of {options.Runs} runs in turn, each on core {core}.",
            "",
            "| engine | mode | p50 us | p99 us | decisions/s | p50 beside ours of that kind | decisions as the reference's |",
            "|---|---|---|---|---|---|---|",
            .. medians.Select(result => Row(result, medians)),
            .. place.Remarks,
        ];
    }

    private static string Row(LoanResult result, List<LoanResult> all)
    {
        var ours = all.Single(other => other.Engine == "reasoner" && other.Mode == (result.Mode == "plain" ? "plain" : "proofs"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Engine} | {result.Mode} | {result.P50:0.0} | {result.P99:0.0} | {result.Rate:0} | {result.P50 / ours.P50:0.00} | {(result.IsSame ? "all" : "**NOT ALL**")} |");
    }

    private static LoanResult Measure(string engine, string mode, IReadOnlyList<LoanCase> cases, bool isSame, Action<LoanCase> decide)
    {
        foreach (var item in cases) decide(item);
        var times = new double[cases.Count];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            decide(cases[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(times);
        return new LoanResult(engine, mode, Statistics.Percentile(times, 50), Statistics.Percentile(times, 99), times.Length / seconds, isSame);
    }

    private static IEnumerable<(string Name, string[] Command, int Count)> Others(Workplace place, Func<string, string> input)
    {
        var decisions = Decisions(place);
        if (place.HasNodePackages())
        {
            yield return ("zen-engine", [.. _node, Workplace.Script("loan_zen.cjs"), input("loan.jdm.json"), input("loan.cases.json"), decisions], 10_000);
            yield return ("json-rules-engine", [.. _node, Workplace.Script("loan_jre.cjs"), input("loan.cases.json"), decisions], 10_000);
        }

        if (place.Has("swipl"))
            yield return ("SWI-Prolog", ["swipl", "--stack-limit=8g", "--table-space=8g", "-g", "main", "-t", "halt", input("loan.pl"), "--", input("loan.cases.pl"), decisions], 10_000);
        if (place.Has("clingo"))
        {
            yield return (
                "clingo",
                [
                    "clingo", "-q", "-V0", "-c", $"rules=\"{input("loan.rules.lp")}\"", "-c", $"facts=\"{input("loan.facts.lp")}\"",
                    "-c", $"outfile=\"{decisions}\"", "-c", "n=2000", Workplace.Script("loan_clingo.lp"),
                ],
                2000);
        }
    }

    private static string Decisions(Workplace place) => Path.Combine(place.Folder, "decisions.tsv");

    private static List<LoanResult> RunOther(string name, string[] command, int count, string core, Workplace place, BenchmarkOptions options, string[] expected)
    {
        File.Delete(Decisions(place));
        var run = ProcessRun.Of("taskset", ["-c", core, .. command], options.Limit, place.Output, place.Folder);
        if (run.Outcome != ProcessOutcome.Done) return [];
        var isSame = File.Exists(Decisions(place)) && File.ReadLines(Decisions(place)).SequenceEqual(expected.Take(count));

        // lat MODE p50_us N p99_us N rate N cpu_s N; without times where several decisions are under way at once.
        return
        [
            .. File.ReadLines(place.Output)
                .Select(line => line.Split(' '))
                .Where(words => words is ["lat", _, "p50_us", _, "p99_us", _, "rate", _, ..])
                .Select(words => new LoanResult(name, words[1], Number(words[3]), Number(words[5]), Number(words[7]), isSame)),
        ];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record LoanResult(string Engine, string Mode, double P50, double P99, double Rate, bool IsSame)
    {
        public static LoanResult Median(IReadOnlyList<LoanResult> results) => results[0] with
        {
            P50 = Statistics.Median(results.Select(result => result.P50)),
            P99 = Statistics.Median(results.Select(result => result.P99)),
            Rate = Statistics.Median(results.Select(result => result.Rate)),
            IsSame = results.All(result => result.IsSame),
        };
    }
}
