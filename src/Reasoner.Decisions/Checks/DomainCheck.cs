using System.Collections.Immutable;
using System.Text.Json;
using Reasoner.Constraints.Solving;
using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>
/// Checks a domain: its files, what its rules leave doubtful, their documentation, that no protected attribute is read, that
/// manifest, ontology and model agree, and that the sample case can be decided.
/// </summary>
public static class DomainCheck
{
    /// <summary>Loads and checks a domain; whatever prevents loading is among the diagnostics.</summary>
    /// <param name="manifestPath">Its manifest.</param>
    /// <param name="isStrict">Whether rules that use more than SPARQL 1.2 RL has are errors.</param>
    /// <param name="cancellation">Cancels.</param>
    public static DomainCheckReport Run(string manifestPath, bool isStrict = false, CancellationToken cancellation = default)
    {
        try
        {
            try
            {
                using var domain = Domain.Load(manifestPath, withModel: true, cancellation);
                return Run(domain, isStrict, cancellation);
            }
            catch (ModelException exception)
            {
                using var domain = Domain.Load(manifestPath, withModel: false, cancellation);
                var report = Run(domain, isStrict, cancellation);
                var problem = Error(ManifestOf(domain)["/model"], DomainDiagnosticCodes.UnusableModel, exception.Message);
                return report with { Diagnostics = Sorted(report.Diagnostics.Append(problem)) };
            }
        }
        catch (DomainException exception)
        {
            return new DomainCheckReport(null, 0, Sorted(Describe(exception, manifestPath)), []);
        }
    }

    /// <summary>Checks a loaded domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="isStrict">Whether rules that use more than SPARQL 1.2 RL has are errors.</param>
    /// <param name="cancellation">Cancels.</param>
    public static DomainCheckReport Run(Domain domain, bool isStrict = false, CancellationToken cancellation = default)
    {
        var manifest = ManifestOf(domain);
        var protectedAttributes = ProtectedAttributeCheck.Run(domain, cancellation);
        var model = CheckModel(domain, manifest).ToList();
        return new DomainCheckReport(
            domain.Name,
            domain.Rules.Rules.Count(rule => rule.Origin.Length == 0),
            Sorted(
            [
                .. domain.Diagnostics,
                .. isStrict ? Extensions.Find(domain.Rules) : [],
                .. AnalyzeRules(domain, cancellation),
                .. CheckCatalogue(domain),
                .. protectedAttributes.Select(finding => finding.Diagnostic),
                .. CheckManifestTerms(domain, manifest),
                .. model,
                .. model.Count == 0 ? CheckSample(domain, cancellation) : [],
            ]),
            protectedAttributes);
    }

    private static ManifestPositions ManifestOf(Domain domain) => ManifestPositions.Of(File.ReadAllBytes(domain.ManifestPath), domain.ManifestName);

    /// <summary>What is known where the exception comes from, else its text.</summary>
    private static IEnumerable<Diagnostic> Describe(DomainException exception, string manifestPath)
    {
        var manifest = new SourcePosition(manifestPath, 1, 1);
        return exception.InnerException switch
        {
            RuleSetException rules => rules.Diagnostics,
            RdfSyntaxException syntax => [Error(syntax.Position, DomainDiagnosticCodes.UnusableFile, syntax.Problem)],
            TableFormatException table => [Error(table.Position, DomainDiagnosticCodes.UnusableFile, table.Problem)],
            CaseFormatException format => format.Diagnostics.Select(each => Error(each.Position, DomainDiagnosticCodes.UnusableFile, each.Message)),
            JsonException json => [Error(
                new SourcePosition(manifestPath, (int)(json.LineNumber ?? 0) + 1, (int)(json.BytePositionInLine ?? 0) + 1), DomainDiagnosticCodes.UnusableManifest, $"{json.Message} See ontologies/domain.schema.json.")],
            null => exception.Problems.Select(problem => Error(manifest, DomainDiagnosticCodes.UnusableManifest, Trimmed(problem))),
            _ => exception.Problems.Select(problem => Error(manifest, DomainDiagnosticCodes.UnusableFile, problem)),
        };

        // The position says already which manifest is meant.
        string Trimmed(string problem) =>
            problem.StartsWith(manifestPath + ": error: ", StringComparison.Ordinal) ? problem[(manifestPath.Length + ": error: ".Length)..] : problem;
    }

    private static IEnumerable<Diagnostic> AnalyzeRules(Domain domain, CancellationToken cancellation)
    {
        var asserted = Asserted(domain.Baseline.Graph).ToList();

        // What a rule concludes, no case may state: the rules have to derive it.
        var concluded = domain.Rules.Rules.Where(rule => rule.Origin.Length == 0).SelectMany(rule => rule.Head).Select(template => FactKind.Of(template).Predicate).ToHashSet();
        var stated = Properties(domain).Where(property => property == RdfVocabulary.Type || !concluded.Contains(property));
        var surroundings = new RuleSetSurroundings
        {
            KnownTerms = asserted.SelectMany(triple => new[] { triple.Subject, triple.Predicate, triple.Object }).OfType<Iri>().Concat(CoreTerms.All).ToHashSet(),
            DataPredicates = asserted.Select(triple => triple.Predicate).OfType<Iri>().Concat(stated).Concat(CoreTerms.Stated).ToHashSet(),
            Outputs = DomainOutputs.Of(domain),
            NamesExpected = true,
            Catalogue = domain.RuleCatalogue,
        };

        // Axioms take part, for rules rest on them, but the remarks are about the rules that the domain's authors write.
        var ruleFiles = domain.Rules.Rules.Where(rule => rule.Origin.Length == 0).Select(rule => rule.Position.File).ToHashSet();
        return RuleSetAnalyzer.Analyze(domain.Rules, surroundings, cancellation).Where(diagnostic => ruleFiles.Contains(diagnostic.Position.File));
    }

    private static IEnumerable<Triple> Asserted(KnowledgeGraph graph)
    {
        foreach (var relation in graph.OwnRelations)
        {
            for (var row = 0; row < relation.Count; row++)
            {
                if (!KnowledgeGraph.IsDerived(relation.OriginOf(row)))
                    yield return graph.ToTriple(new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row]));
            }
        }
    }

    private static IEnumerable<Iri> Properties(Domain domain) => domain.Ontology
        .Where(fact => fact.Triple.Predicate == RdfVocabulary.Type && fact.Triple.Object is Iri type && type.Value.EndsWith("Property", StringComparison.Ordinal))
        .Select(fact => fact.Triple.Subject).OfType<Iri>();

    private static IEnumerable<Diagnostic> CheckCatalogue(Domain domain)
    {
        var byCode = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in domain.Rules.Rules.Where(rule => rule.Name is not null && rule.Origin.Length == 0).DistinctBy(rule => rule.Name))
        {
            var entry = domain.RuleCatalogue.Find(rule.Name!)!;
            var name = Names.Write(rule.Name!, domain.Rules.Prefixes);
            string?[] lacking =
            [
                entry.Label is null ? "rdfs:label" : null,
                entry.Code is null ? "rsn:code" : null,
                entry.Because is null ? "rsn:because" : null,
                entry.Sources.IsEmpty ? "dcterms:source" : null,
            ];
            if (lacking.Any(each => each is not null))
            {
                yield return new Diagnostic(rule.Position, Severity.Warning, DomainDiagnosticCodes.IncompleteCatalogueEntry,
                    $"{name} has no {string.Join(", no ", lacking.OfType<string>())}; say it in a DATA block above the rule, so that reasons and reports can.");
            }

            if (entry.Code is not null && !byCode.TryAdd(entry.Code, rule))
            {
                yield return Error(rule.Position, DomainDiagnosticCodes.DuplicateReasonCode,
                    $"{name} has the reason code {entry.Code}, as {Names.Write(byCode[entry.Code].Name!, domain.Rules.Prefixes)} at {byCode[entry.Code].Position} has; give it a code of its own.");
            }
        }
    }

    private static IEnumerable<Diagnostic> CheckManifestTerms(Domain domain, ManifestPositions positions)
    {
        var manifest = domain.Manifest;
        var properties = Properties(domain).Concat(CoreTerms.All).Append(RdfVocabulary.Type).Append(CoreVocabulary.Label).ToHashSet();
        var subjects = domain.Ontology.Select(fact => fact.Triple.Subject).OfType<Iri>().ToHashSet();
        var derived = domain.Rules.Rules.SelectMany(rule => rule.Head).Select(template => FactKind.Of(template).Predicate).ToHashSet();
        for (var i = 0; i < manifest.Features.Length; i++)
        {
            foreach (var step in manifest.Features[i].Path.Split('/').Select(step => step.TrimStart('^')))
            {
                var property = manifest.Expand(step);
                if (properties.Contains(property)) continue;
                var isDerived = derived.Contains(property) || derived.Contains(null);
                yield return new Diagnostic(positions[$"/features/{i}/path"], isDerived ? Severity.Warning : Severity.Error, DomainDiagnosticCodes.UndeclaredTerm,
                    $"the feature {manifest.Features[i].Name} reads {step}, which the ontology does not declare{Nearest(property, properties)}");
            }
        }

        if (manifest.Label is { } label && !properties.Contains(manifest.Expand(label.Property)))
        {
            yield return Error(positions["/label/property"], DomainDiagnosticCodes.UndeclaredTerm,
                $"the outcome {label.Property} is no property that the ontology declares{Nearest(manifest.Expand(label.Property), properties)}");
        }

        if (!subjects.Contains(manifest.Expand(manifest.SubjectClass)))
        {
            yield return new Diagnostic(positions["/subjectClass"], Severity.Warning, DomainDiagnosticCodes.UndeclaredTerm,
                $"the ontology does not declare {manifest.SubjectClass}{Nearest(manifest.Expand(manifest.SubjectClass), subjects)}");
        }

        for (var i = 0; i < manifest.Outputs.Length; i++)
        {
            var output = manifest.Expand(manifest.Outputs[i]);
            if (!subjects.Contains(output) && !properties.Contains(output))
            {
                yield return new Diagnostic(positions[$"/outputs/{i}"], Severity.Warning, DomainDiagnosticCodes.UndeclaredTerm,
                    $"the ontology does not declare the output {manifest.Outputs[i]}{Nearest(output, subjects.Concat(properties))}");
            }
        }

        for (var i = 0; i < manifest.Answers.Length; i++)
        {
            if (!subjects.Contains(domain.Answers[i]))
            {
                yield return new Diagnostic(positions[$"/answers/{i}"], Severity.Warning, DomainDiagnosticCodes.UndeclaredTerm,
                    $"the ontology does not declare the answer {manifest.Answers[i]}{Nearest(domain.Answers[i], subjects)}");
            }
        }
    }

    private static string Nearest(Iri name, IEnumerable<Iri> known) =>
        NearestName.Advice(CoreVocabulary.LocalName(name.Value), known.Select(each => CoreVocabulary.LocalName(each.Value)));

    private static IEnumerable<Diagnostic> CheckModel(Domain domain, ManifestPositions positions)
    {
        if (domain.Proposer is not { Card: var card }) yield break;
        var wanted = domain.Manifest.Features.Select(feature => (feature.Name, feature.Kind, feature.Path)).ToList();
        var trained = card.Features.Select(feature => (feature.Name, feature.Kind, feature.Path)).ToList();
        if (!wanted.SequenceEqual(trained))
        {
            var differing = wanted.Except(trained).Concat(trained.Except(wanted)).Select(feature => feature.Name).Distinct().ToList();
            var which = differing.Count == 0 ? "their order differs" : $"{string.Join(", ", differing)} differ";
            yield return Error(positions["/model"], DomainDiagnosticCodes.ModelDisagrees, $"the model was trained on other features ({which}); train it again.");
        }

        var answers = (domain.Manifest.Label?.Answers.Values ?? []).Select(answer => domain.Manifest.Expand(answer).Value).ToHashSet();
        foreach (var unknown in card.Classes.Where(answer => !answers.Contains(answer)))
        {
            yield return Error(positions["/model"], DomainDiagnosticCodes.ModelDisagrees,
                $"the model proposes <{unknown}>, which no label of the manifest stands for; train it again.");
        }
    }

    private static IEnumerable<Diagnostic> CheckSample(Domain domain, CancellationToken cancellation)
    {
        if (domain.SampleCase is not { } path) yield break;
        var start = new SourcePosition(domain.NameOf(path), 1, 1);
        Diagnostic? problem = null;
        try
        {
            var bytes = File.ReadAllBytes(path);
            var input = path.EndsWith(".ttl", StringComparison.Ordinal) ? CaseInput.OfTurtle(bytes, start.File) : CaseInput.OfJson(bytes, start.File);
            var record = new DecisionPipeline(domain).Decide(input, new DecisionOptions { Explanation = Explanation.None }, cancellation);
            if (record.Status == DecisionStatus.Infeasible)
            {
                problem = new Diagnostic(start, Severity.Warning, DomainDiagnosticCodes.SampleNotDecided,
                    $"every answer to the sample case is rejected; together by {string.Join(", ", record.Conflict.Select(iri => Names.Write(new Iri(iri), domain.Rules.Prefixes)))}.");
            }
        }
        catch (CaseFormatException exception)
        {
            problem = Error(exception.Position, DomainDiagnosticCodes.SampleNotDecided, exception.Problem);
        }
        catch (RdfSyntaxException exception)
        {
            problem = Error(exception.Position, DomainDiagnosticCodes.SampleNotDecided, exception.Problem);
        }
        catch (Exception exception) when (exception is CaseRefusedException or CaseTooLargeException or EvaluationLimitException or SolverException)
        {
            problem = Error(start, DomainDiagnosticCodes.SampleNotDecided, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = Error(start, DomainDiagnosticCodes.UnusableFile, $"the file cannot be read: {exception.Message}");
        }

        if (problem is not null) yield return problem;
    }

    private static Diagnostic Error(SourcePosition position, string code, string message) => new(position, Severity.Error, code, message);

    private static ImmutableArray<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics.Distinct()
            .OrderBy(diagnostic => diagnostic.Position)
            .ThenBy(diagnostic => diagnostic.Code, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Message, StringComparer.Ordinal),
    ];
}
