using System.Collections.Immutable;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>A rule or a feature that depends on a protected attribute.</summary>
/// <param name="Property">The protected property.</param>
/// <param name="Reader">The rule's name, or the feature's.</param>
/// <param name="IsFeature">Whether the reader is a feature of the model.</param>
/// <param name="Chain">
/// How the attribute gets there, from the property on: the property, then for each step the rule or axiom with its place and what it gives.
/// </param>
/// <param name="ReachesVerdict">Whether what the reader concludes may reject or support a candidate; true of features.</param>
/// <param name="Diagnostic">The finding in words, at the rule's pattern or the feature's path.</param>
public sealed record ProtectedAttributeFinding(
    string Property, string Reader, bool IsFeature, ImmutableArray<string> Chain, bool ReachesVerdict, Diagnostic Diagnostic);

/// <summary>
/// Finds every rule and every feature of the model that reads a property annotated <c>rsn:protected true</c>, directly or
/// through facts that rules and axioms derive from it, also by looking whether it is absent. None may.
/// </summary>
public static class ProtectedAttributeCheck
{
    private static readonly Iri _subPropertyOf = new("http://www.w3.org/2000/01/rdf-schema#subPropertyOf");

    /// <summary>The findings, by position.</summary>
    /// <param name="domain">The domain; its model is not needed.</param>
    /// <param name="cancellation">Cancels.</param>
    public static ImmutableArray<ProtectedAttributeFinding> Run(Domain domain, CancellationToken cancellation = default)
    {
        var roots = Roots(domain);
        if (roots.Count == 0) return [];
        var flow = new FactFlow(domain.Rules.Rules, SamePredicates(domain));
        var search = new Search(domain, flow, ManifestPositions.Of(File.ReadAllBytes(domain.ManifestPath), domain.ManifestName));
        var findings = new List<ProtectedAttributeFinding>();
        foreach (var (attribute, kind, axiom) in roots)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.AddRange(search.Find(attribute, kind, axiom));
        }

        return
        [
            .. findings
                .OrderBy(finding => finding.Diagnostic.Position)
                .ThenBy(finding => finding.Property, StringComparer.Ordinal)
                .DistinctBy(finding => (finding.Property, finding.Reader, finding.Diagnostic.Position)),
        ];
    }

    /// <summary>
    /// The protected properties, and those that say the same and more: what a sub-property states, the property states too. A
    /// class may be annotated as well; then to be in it is what no rule may read.
    /// </summary>
    internal static List<(Iri Attribute, FactKind Kind, PositionedTriple? Axiom)> Roots(Domain domain)
    {
        var narrower = domain.Ontology
            .Where(fact => fact.Triple.Predicate == _subPropertyOf && fact.Triple is { Subject: Iri, Object: Iri })
            .ToLookup(fact => (Iri)fact.Triple.Object);
        var roots = new List<(Iri, FactKind, PositionedTriple?)>();
        foreach (var (attribute, isClass) in ProtectedTerms.Of(domain))
        {
            var seen = new HashSet<Iri> { attribute };
            var waiting = new Queue<Iri>(seen);
            roots.Add((attribute, isClass ? new FactKind(RdfVocabulary.Type, attribute) : new FactKind(attribute), null));
            while (waiting.TryDequeue(out var wider))
            {
                foreach (var axiom in narrower[wider].Where(axiom => seen.Add((Iri)axiom.Triple.Subject)))
                {
                    roots.Add((attribute, new FactKind((Iri)axiom.Triple.Subject), (PositionedTriple?)axiom));
                    waiting.Enqueue((Iri)axiom.Triple.Subject);
                }
            }
        }

        return roots;
    }

    private static ILookup<Iri, Iri> SamePredicates(Domain domain)
    {
        var graph = domain.Baseline.Graph;
        var sameAs = graph.Terms.Find(EqualityRules.SameAs);
        return (sameAs == 0 ? [] : graph.Match(0, sameAs))
            .Select(graph.ToTriple)
            .Where(triple => triple is { Subject: Iri, Object: Iri })
            .ToLookup(triple => (Iri)triple.Subject, triple => (Iri)triple.Object);
    }

    private sealed class Search(Domain domain, FactFlow flow, ManifestPositions manifest)
    {
        private readonly ImmutableSortedDictionary<string, string> _prefixes = domain.Rules.Prefixes.AddRange(
            domain.Manifest.Prefixes.Where(prefix => !domain.Rules.Prefixes.ContainsKey(prefix.Key)));

        public IEnumerable<ProtectedAttributeFinding> Find(Iri attribute, FactKind start, PositionedTriple? axiom)
        {
            var reach = flow.From(start);
            foreach (var (reading, read) in reach.Readings.Where(pair => pair.Reading.Rule.Origin.Length == 0))
            {
                var (rule, verdict) = (NameOf(reading.Rule), ReachesVerdict(reading.Rule));
                var chain = Chain(reach, attribute, read, axiom).Add($"{rule} ({reading.Rule.Position})");
                var isDirect = read == start;
                var effect = verdict ? "and may decide on a candidate by it" : "and no rule may, even where it decides nothing";
                yield return new ProtectedAttributeFinding(Write(attribute), rule, IsFeature: false, chain, verdict, new Diagnostic(
                    reading.Pattern.Position,
                    Severity.Error,
                    isDirect ? DomainDiagnosticCodes.RuleReadsProtected : DomainDiagnosticCodes.RuleReadsDerivedFromProtected,
                    $"{rule} reads {Described(attribute, reading, read, isDirect)}, {effect}; leave it out of the rule{(isDirect ? "" : ", or cut the chain")}: {string.Join(" -> ", chain)}."));
            }

            for (var i = 0; i < domain.Manifest.Features.Length; i++)
            {
                if (FindFeature(i, reach, attribute, start, axiom) is { } finding) yield return finding;
            }
        }

        private ProtectedAttributeFinding? FindFeature(int index, FactFlow.Reach reach, Iri attribute, FactKind start, PositionedTriple? axiom)
        {
            var feature = domain.Manifest.Features[index];
            foreach (var step in feature.Path.Split('/'))
            {
                // The first kind that was reached is the nearest.
                var wanted = new FactKind(domain.Manifest.Expand(step.TrimStart('^')));
                foreach (var read in reach.Kinds.Keys.Where(wanted.Overlaps).Order(Comparer<FactKind>.Create((a, b) => reach.WayTo(a).Count - reach.WayTo(b).Count)))
                {
                    var isDirect = read == start;
                    var chain = Chain(reach, attribute, read, axiom).Add($"feature {feature.Name}");
                    return new ProtectedAttributeFinding(Write(attribute), feature.Name, IsFeature: true, chain, ReachesVerdict: true, new Diagnostic(
                        manifest[$"/features/{index}/path"],
                        Severity.Error,
                        isDirect ? DomainDiagnosticCodes.FeatureReadsProtected : DomainDiagnosticCodes.FeatureReadsDerivedFromProtected,
                        $"the feature {feature.Name} reads {wanted.Write(_prefixes)}, {(isDirect ? "which is protected" : $"which may depend on the protected {Write(attribute)}")}; the model must not learn from it: {string.Join(" -> ", chain)}."));
                }
            }

            return null;
        }

        private string Described(Iri attribute, FactFlow.Reading reading, FactKind read, bool isDirect)
        {
            var what = reading.Kind.Write(_prefixes);
            if (reading.Kind.Predicate is null) return $"{what}, so also {read.Write(_prefixes)}{(isDirect ? ", which is protected" : $", which may depend on the protected {Write(attribute)}")}";
            return isDirect && read == new FactKind(attribute) ? $"{what}, which is protected" : $"{what}, which may depend on the protected {Write(attribute)}";
        }

        private ImmutableArray<string> Chain(FactFlow.Reach reach, Iri attribute, FactKind read, PositionedTriple? axiom)
        {
            var chain = ImmutableArray.CreateBuilder<string>();
            chain.Add(Write(attribute));
            if (axiom is { } subProperty) chain.Add($"rdfs:subPropertyOf ({subProperty.Position}): {Write(subProperty.Triple.Subject)}");
            foreach (var (rule, given) in reach.WayTo(read)) chain.Add($"{NameOf(rule)} ({rule.Position}): {given.Write(_prefixes)}");
            return chain.ToImmutable();
        }

        private bool ReachesVerdict(Rule rule)
        {
            var violates = new FactKind(CoreVocabulary.Violates);
            var supportedBy = new FactKind(CoreVocabulary.SupportedBy);
            return rule.Head.Select(FactKind.Of).SelectMany(kind => flow.From(kind).Kinds.Keys)
                .Any(kind => kind.Overlaps(violates) || kind.Overlaps(supportedBy));
        }

        private string NameOf(Rule rule) =>
            rule.Name is not null ? Write(rule.Name) : rule.Origin.Length > 0 ? $"axiom {rule.Origin}" : "the unnamed rule";

        private string Write(Term term) => Names.Write(term, _prefixes);
    }
}
