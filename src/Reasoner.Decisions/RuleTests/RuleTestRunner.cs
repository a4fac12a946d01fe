using System.Collections.Immutable;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>
/// Runs the rule test cases of a domain: each case is evaluated with its candidates and without scores; it may state
/// anything, also what otherwise rules conclude. Then what <c>NAME.expect.ttl</c> says must hold, what
/// <c>NAME.absent.ttl</c> says must not. A blank node there stands for anything.
/// </summary>
public static class RuleTestRunner
{
    private const int MaximumExplanations = 5;

    /// <summary>Runs all cases of the domain's folder.</summary>
    /// <param name="domain">The domain; its model is not needed.</param>
    /// <param name="progress">Told after every case.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">The folder cannot be read.</exception>
    public static RuleTestReport Run(Domain domain, IProgress<RuleTestResult>? progress = null, CancellationToken cancellation = default)
    {
        if (domain.CasesFolder is null || !Directory.Exists(domain.CasesFolder))
        {
            var nowhere = new SourcePosition(domain.ManifestName, 1, 1);
            var message = domain.CasesFolder is null
                ? "the manifest names no folder of rule test cases; add \"cases\"."
                : $"there is no folder {domain.NameOf(domain.CasesFolder)} of rule test cases, which the manifest names.";
            return new RuleTestReport(domain.Name, [], Coverage(domain, []), [new Diagnostic(nowhere, Severity.Error, DomainDiagnosticCodes.NoTestCases, message)]);
        }

        try
        {
            var (files, problems) = RuleTestFiles.Find(domain.CasesFolder, domain.NameOf);
            if (files.IsEmpty)
            {
                problems = problems.Add(new Diagnostic(
                    new SourcePosition(domain.NameOf(domain.CasesFolder), 1, 1), Severity.Error, DomainDiagnosticCodes.NoTestCases, "the folder holds no case; add NAME.json and NAME.expect.ttl."));
            }

            var pipeline = new DecisionPipeline(domain);
            var results = ImmutableArray.CreateBuilder<RuleTestResult>(files.Length);
            var fired = new List<(string Case, IReadOnlySet<int> Rules)>();
            foreach (var test in files)
            {
                cancellation.ThrowIfCancellationRequested();
                results.Add(new CaseRun(pipeline, test, cancellation).Run(fired));
                progress?.Report(results[^1]);
            }

            return new RuleTestReport(domain.Name, results.ToImmutable(), Coverage(domain, fired), problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DomainException($"{domain.NameOf(domain.CasesFolder)}: error: the rule test cases cannot be read: {exception.Message}", exception);
        }
    }

    private static ImmutableArray<RuleCoverage> Coverage(Domain domain, List<(string Case, IReadOnlySet<int> Rules)> fired)
    {
        var idle = Materializer.Extend(domain.Baseline, new KnowledgeGraph(domain.Baseline.Graph));
        var background = RuleFiring.Of(idle, ownFactsOnly: false);
        return
        [
            .. domain.Rules.Rules
                .Select((rule, number) => (Rule: rule, Number: number))
                .Where(each => each.Rule.Name is not null && each.Rule.Origin.Length == 0)
                .Select(each => new RuleCoverage(
                    Names.Write(each.Rule.Name!, domain.Rules.Prefixes),
                    domain.RuleCatalogue.Find(each.Rule.Name!)?.Code,
                    each.Rule.Position,
                    [.. fired.Where(run => run.Rules.Contains(each.Number)).Select(run => run.Case)],
                    background.Contains(each.Number))),
        ];
    }

    /// <summary>One case at work.</summary>
    private sealed class CaseRun(DecisionPipeline pipeline, RuleTestFiles files, CancellationToken cancellation)
    {
        private readonly Domain _domain = pipeline.Domain;
        private readonly ImmutableArray<Diagnostic>.Builder _problems = ImmutableArray.CreateBuilder<Diagnostic>();

        public RuleTestResult Run(List<(string Case, IReadOnlySet<int> Rules)> fired)
        {
            var expected = Read(files.Expected, out var description);
            var absent = Read(files.Absent, out var otherDescription);
            description ??= otherDescription;
            if (Evaluate() is not { } materialization) return new RuleTestResult(files.Name, description, [], [], _problems.ToImmutable());
            fired.Add((files.Name, RuleFiring.Of(materialization, cancellation: cancellation)));
            var proofs = new ProofBuilder(materialization, _domain.RuleNames, cancellation);
            return new RuleTestResult(
                files.Name,
                description,
                [
                    .. expected
                        .Where(facts => facts.FindIn(materialization.Graph, cancellation) is null)
                        .Select(facts => new MissingTriples(facts.Write(_domain.Rules.Prefixes), facts.Position, ExplainMissing(materialization, facts))),
                ],
                [
                    .. absent
                        .Select(facts => (Facts: facts, Found: facts.FindIn(materialization.Graph, cancellation)))
                        .Where(pair => pair.Found is not null)
                        .Select(pair => new UnexpectedTriples(
                            pair.Facts.Write(_domain.Rules.Prefixes),
                            pair.Facts.Position,
                            [.. pair.Found!.Value.Select(fact => Names.Write(materialization.Graph.ToTriple(fact), _domain.Rules.Prefixes))],
                            [.. pair.Found!.Value.Select(fact => ExplainFound(proofs.Prove(fact)!))])),
                ],
                _problems.ToImmutable());
        }

        private ImmutableArray<ExpectedFacts> Read(string? file, out string? description)
        {
            description = null;
            if (file is null) return [];
            var name = _domain.NameOf(file);
            try
            {
                var bytes = File.ReadAllBytes(file);
                description = DescriptionOf(bytes);
                var document = RdfDocument.Parse(
                    bytes, RdfFormat.Turtle, new RdfReaderOptions { FileName = name, BaseIri = "urn:reasoner:case" }, cancellation);
                return ExpectedFacts.Of(document, name);
            }
            catch (RdfSyntaxException exception)
            {
                Report(exception.Position, exception.Problem);
                return [];
            }
        }

        private Materialization? Evaluate()
        {
            var name = _domain.NameOf(files.Case);
            var bytes = File.ReadAllBytes(files.Case);
            var start = new SourcePosition(name, 1, 1);
            try
            {
                return pipeline.Evaluate(
                    files.Case.EndsWith(".ttl", StringComparison.Ordinal) ? CaseInput.OfTurtle(bytes, name) : CaseInput.OfJson(bytes, name), cancellation);
            }
            catch (CaseFormatException exception)
            {
                foreach (var diagnostic in exception.Diagnostics) Report(diagnostic.Position, diagnostic.Message);
            }
            catch (RdfSyntaxException exception)
            {
                Report(exception.Position, exception.Problem);
            }
            catch (Exception exception) when (exception is CaseRefusedException or CaseTooLargeException or EvaluationLimitException)
            {
                Report(start, exception.Message);
            }

            return null;
        }

        private void Report(SourcePosition position, string problem) =>
            _problems.Add(new Diagnostic(position, Severity.Error, DomainDiagnosticCodes.MalformedTestCase, problem));

        private ImmutableArray<string> ExplainMissing(Materialization materialization, ExpectedFacts facts)
        {
            if (!facts.IsGround) return [];
            var report = WhyNot.Explain(materialization, facts.Triples[0], cancellation);
            var near = report.NearMisses.Where(miss => miss.Unknown is null || miss.Nearest is not null).Select(miss => miss.Describe(_domain.Rules.Prefixes));
            if (report.Rules.IsEmpty) return [.. near, "the case does not state it, and no rule has a head that could give it"];
            var lines = near.Concat(report.Rules.Take(MaximumExplanations).Select(Describe));
            return report.Rules.Length > MaximumExplanations ? [.. lines, $"and {report.Rules.Length - MaximumExplanations} more rules"] : [.. lines];
        }

        private string Describe(FailedRule attempt)
        {
            var reason = attempt.Obstacles.IsEmpty
                ? "where its body holds, it gives other facts"
                : string.Join(", and ", attempt.Obstacles.Select(obstacle => obstacle.Describe(_domain.Rules.Prefixes)));
            return $"{NameOf(attempt.Rule)}: {reason} ({attempt.First?.Element.Position ?? attempt.Rule.Position})";
        }

        private string Describe(ImmutableArray<GroupValue> group) => string.Join(", ", group.Select(each =>
            $"{RuleText.Write(each.Expression, _domain.Rules.Prefixes)} = {(each.Value is null ? "an error" : Names.Write(each.Value, _domain.Rules.Prefixes))}"));

        private string ExplainFound(ProofNode proof)
        {
            var rules = proof.Nodes.Where(node => node.Rule is not null).Select(node => NameOf(node.Rule!)).Distinct().ToList();
            return rules.Count == 0 ? $"stated in {proof.Source}" : string.Join(", then ", rules);
        }

        private string NameOf(string rule) =>
            _domain.RuleNames.TryGetNumber(rule, out var number) ? NameOf(_domain.Rules.Rules[number]) : rule;

        private string NameOf(Rule rule) => rule.Name is null ? rule.DisplayName : Names.Write(rule.Name, _domain.Rules.Prefixes);

        private static string? DescriptionOf(byte[] document)
        {
            using var reader = new StreamReader(new MemoryStream(document, writable: false));
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith('#')) return line.TrimStart('#').Trim();
                if (!string.IsNullOrWhiteSpace(line)) return null;
            }

            return null;
        }
    }
}
