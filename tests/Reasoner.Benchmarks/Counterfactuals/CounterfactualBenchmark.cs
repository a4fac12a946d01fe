using System.Diagnostics;
using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Rdf;

namespace Reasoner.Benchmarks;

/// <summary>Counter-offers for applications that are not approved: how many find one, at which cost and in which time, and whether looking at everything would find a cheaper one.</summary>
internal static class CounterfactualBenchmark
{
    private const int Cases = 300;
    private const int Warm = 20;

    public static IReadOnlyList<string> Run(BenchmarkOptions options)
    {
        var table = Path.Combine(options.Data, "german_train.csv");
        if (!File.Exists(table)) return [$"Not measured: {Path.GetFileName(table)} is not here; --data names the folder that it is in."];
        using var domain = Domain.Load(Path.Combine(Repository.Root, "ontologies", "lending", "domain.json"));
        var pipeline = new DecisionPipeline(domain);
        var search = new CounterfactualSearch(pipeline);
        var want = AnswerName.Find(domain, "Approve");
        var declined = NotApproved(pipeline, table, want);
        foreach (var decision in declined.Take(Warm)) search.Explain(decision, want);
        var all = new List<Sought>();
        foreach (var decision in declined)
        {
            var sought = Measure(pipeline, search, decision, want, options.Names.Contains("fast"));
            all.Add(sought);
            if (all.Count % 25 == 0) Console.Error.WriteLine($"{all.Count} of {declined.Count}");
        }

        return Table(all, options.Names.Contains("fast"));
    }

    private static List<DecisionRecord> NotApproved(DecisionPipeline pipeline, string table, Iri want) =>
    [
        .. LabelledCases.Read(pipeline.Domain, table, CancellationToken.None).Select(input => pipeline.Decide(input))
            .Where(decision => decision.Answer?.Iri != want.Value).Take(Cases),
    ];

    private static Sought Measure(DecisionPipeline pipeline, CounterfactualSearch search, DecisionRecord decision, Iri want, bool isFast)
    {
        var isDeclined = decision.Answer?.Iri == AnswerName.Find(pipeline.Domain, "Decline").Value;
        var started = Stopwatch.GetTimestamp();
        var first = search.Explain(decision, want, CounterfactualOptions.Default with { Max = 1 }).Counterfactuals!;
        var firstMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        started = Stopwatch.GetTimestamp();
        var five = search.Explain(decision, want).Counterfactuals!;
        var fiveMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (isFast) return new Sought(isDeclined, first, firstMs, five, fiveMs, null, 0, 0, 0);
        started = Stopwatch.GetTimestamp();
        var (cheapest, decisions, points) = LookAtEverything(pipeline, decision, want, first.Alternatives.FirstOrDefault()?.Cost);
        return new Sought(isDeclined, first, firstMs, five, fiveMs, cheapest, decisions, points, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>
    /// Decides every point of the lattice by the pipeline, one by one, from the case's text, without learning anything: all that
    /// cost no more than what was found, and all where nothing was. The rest cannot be cheaper.
    /// </summary>
    private static (decimal? Cheapest, int Decisions, int Points) LookAtEverything(DecisionPipeline pipeline, DecisionRecord decision, Iri want, decimal? bound)
    {
        var input = CaseInput.Of(decision.Case, pipeline.Domain);
        var changed = new ChangedCase(pipeline, input, Effort.Medium, CancellationToken.None);
        var lattice = new ChangeLattice(changed.Costs, ChangePoint.Most);
        var (decisions, points, cheapest) = (0, 0, (decimal?)null);
        var choice = DecisionOptions.Default with { Explanation = Explanation.None };
        while (lattice.TryNext(_ => false, out var point))
        {
            points++;
            if (lattice.CostOf(point) > bound) continue;
            decisions++;
            var changes = changed.Describe(point).Select(change => new CaseChange(change.Path, change.From, change.To));
            if (Answer(pipeline, input.With([.. changes]), choice) == want.Value && !(lattice.CostOf(point) >= cheapest)) cheapest = lattice.CostOf(point);
        }

        return (cheapest, decisions, points);
    }

    private static string? Answer(DecisionPipeline pipeline, CaseInput input, DecisionOptions choice)
    {
        try
        {
            return pipeline.Decide(input, choice).Answer?.Iri;
        }
        catch (CaseRefusedException)
        {
            return null;
        }
    }

    private static List<string> Table(List<Sought> all, bool isFast)
    {
        var found = all.Where(sought => sought.First.Alternatives.Length > 0).ToList();
        var lines = new List<string>
        {
            $"The first {all.Count} applications of german_train.csv that are not approved ({all.Count(sought => sought.IsDeclined)} declined, the others referred), each asked for Approve by the shipped manifest, warm, in one thread; every alternative is decided by the pipeline with full proofs, which the times contain.",
            "",
            "| | one alternative | up to five |",
            "|---|---|---|",
            $"| found | {Share(all, sought => sought.First)} | {Share(all, sought => sought.Five)} |",
            $"| complete: the cheapest on the grid, or none | {Percent(all.Count(sought => sought.First.Complete), all.Count)} | {Percent(all.Count(sought => sought.Five.Complete), all.Count)} |",
            $"| alternatives, mean | {Mean(all, sought => sought.First.Alternatives.Length)} | {Mean(all, sought => sought.Five.Alternatives.Length)} |",
            $"| points that the search came past, median | {Median(all, sought => sought.First.Points)} | {Median(all, sought => sought.Five.Points)} |",
            $"| of them decided, median / p99 | {Median(all, sought => sought.First.Tried)} / {High(all, sought => sought.First.Tried)} | {Median(all, sought => sought.Five.Tried)} / {High(all, sought => sought.Five.Tried)} |",
            $"| ms, median / p99 | {Median(all, sought => sought.FirstMs)} / {High(all, sought => sought.FirstMs)} | {Median(all, sought => sought.FiveMs)} / {High(all, sought => sought.FiveMs)} |",
            $"| cost of the cheapest, median | {Median(found, sought => (double)sought.First.Alternatives[0].Cost)} | |",
            "",
        };
        if (isFast) return [.. lines, "Not compared with looking at everything: left out by the name fast."];
        var equal = all.Count(sought => sought.First.Complete && sought.First.Alternatives.FirstOrDefault()?.Cost == sought.Cheapest);
        lines.Add(
            "Against looking at everything on the same grid, without what the search learns: every point of up to three changes that costs no more than what was found, and every "
            + "point where nothing was found, decided one by one by the pipeline from the case's text. "
            + $"The least cost is the same, or both find nothing, in {equal} of {all.Count(sought => sought.First.Complete)} complete searches. "
            + $"The grid has {Median(all, sought => sought.GridPoints)} points at the median and {High(all, sought => sought.GridPoints)} at p99; {Median(all, sought => sought.Decisions)} and {High(all, sought => sought.Decisions)} had to be decided, "
            + $"in {Median(all, sought => sought.EverythingMs)} and {High(all, sought => sought.EverythingMs)} ms.");
        return lines;
    }

    private static string Share(List<Sought> all, Func<Sought, CounterfactualRecord> record) => Percent(all.Count(sought => record(sought).Alternatives.Length > 0), all.Count);

    private static string Percent(int part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    private static string Mean(List<Sought> all, Func<Sought, double> value) => Results.Short(all.Average(value));

    private static string Median(List<Sought> all, Func<Sought, double> value) => Results.Short(Statistics.Median(all.Select(value)));

    private static string High(List<Sought> all, Func<Sought, double> value) => Results.Short(Statistics.Percentile([.. all.Select(value).Order()], 99));

    private sealed record Sought(
        bool IsDeclined, CounterfactualRecord First, double FirstMs, CounterfactualRecord Five, double FiveMs, decimal? Cheapest, int Decisions, int GridPoints, double EverythingMs);
}
