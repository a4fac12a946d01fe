using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>What reinforcement by the rules' verdicts gives on cases that the models had not seen, over seeds.</summary>
internal static class ReinforcementBenchmark
{
    private static readonly (string Name, Func<ProposalRecord, double> Of)[] _measures =
    [
        ("first proposals that violate no rule", each => each.Survival),
        ("first or second", each => each.SecondSurvival),
        ("accuracy of first proposals", each => each.Accuracy),
        ("accuracy of the first that stands", each => each.DecidedAccuracy),
    ];

    public static IReadOnlyList<string> Run(BenchmarkOptions options) =>
    [
        $"Stratified 5-fold cross-validation, divided anew by each of {options.Seeds} seeds. Of each fold a mixture is trained on the four others, then reinforced by the verdicts of the domain's rules on the same cases "
        + "(group-relative policy optimisation); both are judged on the fold that neither saw. Accuracies are against the labels, of proposals that are answers a label teaches; calibrated probabilities, and so the likeliest valid answer, do not change by reinforcement. "
        + "Mean over seeds; the difference with its standard error over seeds.",
        .. LabelledTask.ForEach(options, (domain, path) => Measure(domain, path, options.Seeds)),
    ];

    private static IEnumerable<string> Measure(Domain domain, string path, int seeds)
    {
        var cases = LabelledCases.ReadAll(domain, path, null, default);
        var figures = Enumerable.Range(1, seeds).Select(seed =>
        {
            var options = ModelTrainer.OptionsOf(domain.Manifest, new() { Seed = seed });
            var result = CrossValidation.Run(domain.Features.Schema!, [.. cases.Select(each => each.Row)], options);
            var judged = new VerifierTraining(domain, cases, default).Reinforce(result).Figures;
            Console.Error.WriteLine($"{domain.Name}, seed {seed}: {judged.Before} -> {judged.After}");
            return judged;
        }).ToList();
        yield return "";
        yield return $"## {domain.Name}: {cases.Length} cases of {Path.GetFileName(path)}";
        yield return "";
        yield return "| | before | after | difference | standard error | seeds in which it rose |";
        yield return "|---|---|---|---|---|---|";
        foreach (var (name, measure) in _measures)
        {
            double[] differences = [.. figures.Select(each => measure(each.After) - measure(each.Before))];
            var mean = differences.Average();
            var error = Math.Sqrt(differences.Sum(each => Math.Pow(each - mean, 2)) / Math.Max(1, seeds - 1) / seeds);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {figures.Average(each => measure(each.Before)):0.0000} | {figures.Average(each => measure(each.After)):0.0000} | {mean:+0.0000;-0.0000} | {error:0.0000} | {differences.Count(each => each > 0)} of {seeds} |");
        }
    }
}
