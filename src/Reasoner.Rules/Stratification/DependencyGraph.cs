using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>A rule depends on another: a pattern of its body can match what a template of the other's head
/// makes.</summary>
/// <param name="From">The number of the rule that depends.</param>
/// <param name="To">The number of the rule that it depends on.</param>
/// <param name="IsClosed">Whether the other rule must be finished before: the pattern stands in a NOT or SELECT, or the rule
/// runs once.</param>
/// <param name="Pattern">The pattern; of several, the first that makes the dependency what it is.</param>
/// <param name="Template">The template that it can match.</param>
public readonly record struct Dependency(
    int From, int To, bool IsClosed, TriplePattern Pattern, TriplePattern Template);

/// <summary>
/// The dependencies between the rules of a rule set (SPARQL 1.2 RL, "Dependency Graph"). Patterns that match the base
/// graph only (NOT DATA, WHERE DATA) depend on no rule. A rule whose head makes triple terms with variables inside
/// makes new terms, as one that assigns does, so its dependencies are closed too.
/// </summary>
public sealed class DependencyGraph
{
    private readonly Dependency[] _dependencies;
    private readonly int[] _starts;

    private DependencyGraph(ImmutableArray<Rule> rules, Dependency[] dependencies, int[] starts)
    {
        Rules = rules;
        _dependencies = dependencies;
        _starts = starts;
    }

    /// <summary>The rules; dependencies name them by their index here.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>What a rule depends on, one entry a rule, in no particular but a fixed order.</summary>
    public ReadOnlySpan<Dependency> DependenciesOf(int rule) =>
        _dependencies.AsSpan(_starts[rule].._starts[rule + 1]);

    /// <summary>Finds the dependencies.</summary>
    public static DependencyGraph Create(ImmutableArray<Rule> rules, CancellationToken cancellation = default)
    {
        var index = new TemplateIndex(rules);
        var builder = new Builder(rules.Length);
        var starts = new int[rules.Length + 1];
        for (var i = 0; i < rules.Length; i++)
        {
            if (i % 1024 == 0) cancellation.ThrowIfCancellationRequested();
            if (!rules[i].MatchesDataOnly) AddDependencies(index, builder, i, rules[i]);
            starts[i + 1] = builder.Count;
        }

        return new DependencyGraph(rules, builder.ToArray(), starts);
    }

    private static void AddDependencies(TemplateIndex index, Builder builder, int number, Rule rule)
    {
        var runsOnce = rule.IsRunOnce || MakesTripleTerms(rule);
        builder.Start(number);
        foreach (var element in rule.Body)
        {
            switch (element)
            {
                case PatternElement { Pattern: var pattern }:
                    Add(pattern, runsOnce);
                    break;
                default:
                    AddClosed(element);
                    break;
            }
        }

        void AddClosed(BodyElement element)
        {
            switch (element)
            {
                case PatternElement { Pattern: var pattern }:
                    Add(pattern, isClosed: true);
                    break;
                case NegationElement { MatchesDataOnly: false } negation:
                    foreach (var inner in negation.Inner) AddClosed(inner);
                    break;
                case SubSelectElement { MatchesDataOnly: false } select:
                    foreach (var inner in select.Inner) AddClosed(inner);
                    break;
            }
        }

        void Add(TriplePattern pattern, bool isClosed)
        {
            var (first, second, third) = index.Candidates(pattern);
            builder.Add(pattern, first, isClosed);
            builder.Add(pattern, second, isClosed);
            builder.Add(pattern, third, isClosed);
        }
    }

    private static bool MakesTripleTerms(Rule rule)
    {
        foreach (var template in rule.Head)
        {
            if (HasVariables(template.Subject) || HasVariables(template.Object)) return true;
        }

        return false;

        static bool HasVariables(PatternTerm term) =>
            term is TripleTermPattern triple && triple.Pattern.Variables.Any();
    }

    /// <summary>Collects one rule's dependencies after another's, each pair of rules once.</summary>
    private sealed class Builder(int rules)
    {
        private readonly List<Dependency> _dependencies = [];

        // For each rule, where the current rule's dependency on it stands, plus one; older entries lie before _start.
        private readonly int[] _places = new int[rules];
        private int _start;
        private int _from;

        public int Count => _dependencies.Count;

        public void Start(int from)
        {
            _from = from;
            _start = _dependencies.Count;
        }

        public void Add(TriplePattern pattern, TemplateChain templates, bool isClosed)
        {
            foreach (var (rule, template) in templates)
            {
                var place = _places[rule] - 1;
                var isKnown = place >= _start;
                if (isKnown && (_dependencies[place].IsClosed || !isClosed)) continue;
                if (!PatternMatching.CanMatch(pattern, template)) continue;
                var dependency = new Dependency(_from, rule, isClosed, pattern, template);
                if (isKnown)
                {
                    _dependencies[place] = dependency;
                    continue;
                }

                _dependencies.Add(dependency);
                _places[rule] = _dependencies.Count;
            }
        }

        public Dependency[] ToArray() => [.. _dependencies];
    }
}
