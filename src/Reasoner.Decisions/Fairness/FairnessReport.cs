using System.Collections.Immutable;
using Reasoner.Experts;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>
/// Measures answers by protected groups: how often each group gets a favourable answer, how often it is left to a person, and
/// how often those get a favourable answer who would have deserved it.
/// </summary>
public static class FairnessReport
{
    /// <summary>Groups of fewer cases do not count in ratios.</summary>
    public const int SmallestGroup = 20;

    /// <summary>The four-fifths rule: 29 CFR 1607.4(D).</summary>
    public const double Threshold = 0.8;

    /// <summary>Measures proposals of models that had not seen their cases, alone and together with the rules.</summary>
    /// <param name="domain">The domain; its own model is not asked.</param>
    /// <param name="cases">The cases, as <see cref="LabelledCases.Read"/> gives them; those without outcome are passed over.</param>
    /// <param name="heldOut">A proposal for each case with outcome, in their order: <see cref="CrossValidationResult.HeldOut"/>.</param>
    /// <param name="resamples">How often cases are drawn for the confidence intervals, up to 100,000; 0 for none.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The figures; null where the domain protects nothing.</returns>
    /// <exception cref="ArgumentException">There are not as many proposals as cases with outcome.</exception>
    /// <exception cref="ArgumentOutOfRangeException">So many resamples are not possible.</exception>
    /// <exception cref="CaseRefusedException">A case contradicts the ontology.</exception>
    /// <exception cref="DomainException">The table of cases cannot be read.</exception>
    public static FairnessCard? Of(
        Domain domain,
        IEnumerable<CaseInput> cases,
        IReadOnlyList<Proposal> heldOut,
        int resamples = Bootstrap.DefaultResamples,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resamples, Bootstrap.MaximumResamples);
        var values = new ProtectedValues(domain);
        if (values.IsEmpty) return null;
        var pipeline = new DecisionPipeline(domain);
        var measured = new List<ProtectedCase>();
        foreach (var input in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            var (materialization, subject) = pipeline.Represent(input, cancellation);
            if (LabelledCases.OutcomeOf(domain, materialization.Graph, subject) is not { } outcome) continue;
            if (measured.Count == heldOut.Count)
                throw new ArgumentException($"There are more cases with outcome than the {heldOut.Count} proposals.", nameof(heldOut));
            var scores = LabelledCases.ScoresOf(domain, heldOut[measured.Count]);
            measured.Add(new ProtectedCase(
                values.Read(materialization.Graph, subject),
                domain.Answers.IndexOf(outcome),
                LabelledCases.Likeliest(domain, scores),
                LabelledCases.BestLeft(scores, pipeline.Rejected(input, scores, cancellation))));
        }

        if (measured.Count != heldOut.Count)
            throw new ArgumentException($"There are {heldOut.Count} proposals, and {measured.Count} cases with outcome.", nameof(heldOut));
        return Of(domain, values, measured, resamples, cancellation);
    }

    /// <summary>Measures cases whose answers are known.</summary>
    internal static FairnessCard? Of(
        Domain domain, ProtectedValues values, IReadOnlyList<ProtectedCase> cases, int resamples, CancellationToken cancellation)
    {
        if (values.IsEmpty) return null;
        var attributes = new List<(ProtectedPath Path, ProtectedGroups Groups)>();
        foreach (var (path, stated) in Paths(cases))
            attributes.Add((path, values.IsClass(path.Attribute) ? ProtectedGroups.OfMembers(stated) : ProtectedGroups.OfValues(domain, path.Attribute, stated)));
        int[] favourable = [.. domain.Manifest.Favourable.Select(answer => domain.Manifest.Answers.IndexOf(answer))];
        var tables = attributes.Select(attribute => new GroupTable(attribute.Groups, favourable, domain.Terms.Fallback, cases, SmallestGroup)).ToList();
        // One attribute at a time, so that many groups take no more memory than those of one.
        var intervals = tables.Select(table => Bootstrap.Intervals(cases.Count, resamples, [table], cancellation)[0]).ToList();
        return new FairnessCard(
            cases.Count,
            domain.Manifest.Favourable,
            SmallestGroup,
            Threshold,
            resamples,
            [.. attributes.Select((attribute, i) => Card(domain, attribute.Path, attribute.Groups, tables[i], intervals[i]))]);
    }

    /// <summary>The paths on which some case states a value, with each case's; a path that says only what another says is left out.</summary>
    private static IEnumerable<(ProtectedPath Path, ImmutableArray<Term?> Values)> Paths(IReadOnlyList<ProtectedCase> cases)
    {
        var told = new List<(ProtectedPath Path, ImmutableArray<Term?> Values)>();
        var paths = cases.SelectMany(each => each.Values.Keys).Distinct()
            .OrderBy(path => path.Attribute.Value, StringComparer.Ordinal).ThenBy(path => path.Step?.Value ?? "", StringComparer.Ordinal);
        foreach (var path in paths)
        {
            ImmutableArray<Term?> values = [.. cases.Select(each => each.Values.GetValueOrDefault(path))];
            if (!told.Any(other => other.Path.Attribute == path.Attribute && other.Values.SequenceEqual(values))) told.Add((path, values));
        }

        return told;
    }

    private static ProtectedAttributeCard Card(Domain domain, ProtectedPath path, ProtectedGroups groups, GroupTable table, Interval?[] intervals)
    {
        var values = Bootstrap.Measure(table.Cases, table);
        return new ProtectedAttributeCard(
            path.Attribute.Value,
            domain.LabelOf(path.Attribute),
            (path.Step is null ? "" : Names.Write(path.Step, domain.Manifest.Prefixes) + "/") + Names.Write(path.Attribute, domain.Manifest.Prefixes),
            groups.Grouping,
            [.. groups.Names.Select((name, group) => new FairnessGroupCard(
                name,
                table.CasesOf(group),
                table.FavourableOutcomesOf(group),
                table.IsCounted(group),
                Rates(group, byModel: false)!,
                table.HasModel ? Rates(group, byModel: true) : null))],
            Impact(byModel: true),
            Impact(byModel: false));

        GroupRatesCard Rates(int group, bool byModel) => new(
            Rate(table.Place(group, GroupFigure.Favourable, byModel)),
            Rate(table.Place(group, GroupFigure.TruePositive, byModel)),
            Rate(table.Place(group, GroupFigure.Referred, byModel)));

        RateCard? Rate(int place) => double.IsNaN(values[place]) ? null : new RateCard(Math.Round(values[place], 6), intervals[place]);

        ImpactCard? Impact(bool byModel)
        {
            var place = table.RatioPlace(byModel);
            if (table.ExtremesOf(byModel) is not var (lowest, highest) || double.IsNaN(values[place])) return null;
            return new ImpactCard(
                groups.Names[lowest], groups.Names[highest], Math.Round(values[place], 6), values[place] < Threshold, intervals[place]);
        }
    }
}

/// <summary>A case with its protected values and the answers that it got.</summary>
/// <param name="Values">The values by path.</param>
/// <param name="Outcome">The place of the answer that would have been right.</param>
/// <param name="Model">The place of the model's likeliest answer; null without model.</param>
/// <param name="Answer">The place of the answer that was given, or one of <see cref="AnswerTally"/>'s constants.</param>
internal sealed record ProtectedCase(IReadOnlyDictionary<ProtectedPath, Term> Values, int Outcome, int? Model, int Answer);
