using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Finds terms that the ontology does not declare, with the name that was probably meant. Only namespaces that the ontology
/// declares something in are its business, and those that are written almost like one of them.
/// </summary>
internal sealed class TermCheck
{
    // Two slips of the pen; namespaces of different vocabularies differ in more.
    private const int NamespaceEdits = 2;

    // Names that advice may be compared with, all together: with thousands of unknown terms the first need advice most.
    private const long MaximumComparisons = 1_000_000;

    private readonly IReadOnlySet<Iri> _known;
    private readonly Findings _findings;
    private readonly Dictionary<string, List<string>> _localNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Iri>> _byLocalName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Iri> _ruleNames;
    private readonly HashSet<Iri> _seen = [];
    private readonly HashSet<string> _seenNamespaces = new(StringComparer.Ordinal);
    private long _comparisons;

    private TermCheck(RuleSet ruleSet, IReadOnlySet<Iri> known, Findings findings)
    {
        _known = known;
        _findings = findings;
        _ruleNames = ruleSet.Rules.Where(rule => rule.Name is not null).Select(rule => rule.Name!).ToHashSet();
        foreach (var term in known)
        {
            var ns = NamespaceOf(term.Value);
            var name = term.Value[ns.Length..];
            if (name.Length == 0) continue;
            ListOf(_localNames, ns).Add(name);
            ListOf(_byLocalName, name).Add(term);
        }
    }

    public static void Run(RuleSet ruleSet, IReadOnlySet<Iri> known, Findings findings)
    {
        var check = new TermCheck(ruleSet, known, findings);
        foreach (var rule in ruleSet.Rules.Where(rule => rule.Origin.Length == 0))
        {
            findings.ThrowIfCancelled();
            foreach (var pattern in rule.Head) check.Check(pattern);
            foreach (var pattern in rule.Body.Patterns()) check.Check(pattern);
            foreach (var expression in rule.Body.Expressions()) check.Check(expression);
        }
    }

    private void Check(TriplePattern pattern)
    {
        foreach (var term in pattern.Terms)
        {
            if (term is TripleTermPattern triple) Check(triple.Pattern);
            else if (term is ConstantTerm { Term: Iri iri }) Check(iri, pattern.Position);
        }
    }

    private void Check(Expression expression)
    {
        foreach (var constant in expression.Constants())
            if (constant.Term is Iri iri) Check(iri, constant.Position);
    }

    private void Check(Iri iri, SourcePosition position)
    {
        if (_known.Contains(iri) || _ruleNames.Contains(iri) || !_seen.Add(iri)) return;
        var ns = NamespaceOf(iri.Value);
        if (!_localNames.TryGetValue(ns, out var names))
        {
            CheckNamespace(iri, ns, position);
            return;
        }

        var local = iri.Value[ns.Length..];
        var meant = Nearest(local, names) is { } nearest ? new Iri(ns + nearest) : Elsewhere(local);
        var advice = meant is null ? "declare it there, or check its spelling." : $"did you mean {_findings.Names.Write(meant)}?";
        _findings.Warn(position, DiagnosticCodes.UnknownTerm, $"The ontology does not declare {_findings.Names.Write(iri)}; {advice}");
    }

    /// <summary>The same local name in another namespace, where it is the only one.</summary>
    private Iri? Elsewhere(string local) => _byLocalName.GetValueOrDefault(local) is [var only] ? only : null;

    // A namespace with a slip in it takes all its names with it: said once.
    private void CheckNamespace(Iri iri, string ns, SourcePosition position)
    {
        if (!_seenNamespaces.Add(ns)) return;
        var local = iri.Value[ns.Length..];
        var near = _localNames.Keys.Where(known => _localNames[known].Contains(local, StringComparer.OrdinalIgnoreCase));
        if (NearestName.Find(ns, near, NamespaceEdits) is not { } meant) return;
        _findings.Warn(position, DiagnosticCodes.UnknownTerm,
            $"The ontology declares nothing in the namespace <{ns}>; did you mean <{meant}>, where {_findings.Names.Write(new Iri(meant + local))} is declared?");
    }

    private string? Nearest(string name, List<string> candidates)
    {
        if (_comparisons > MaximumComparisons) return null;
        _comparisons += candidates.Count;
        return NearestName.Find(name, candidates);
    }

    private static string NamespaceOf(string iri) => iri[..(iri.AsSpan().LastIndexOfAny('#', '/', ':') + 1)];

    private static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }
}
