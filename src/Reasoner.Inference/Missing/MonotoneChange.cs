using System.Collections.Immutable;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Whether new facts can only add to what follows: no NOT or SELECT, of whatever rule, may match them or anything that rules derive with
/// their help. Where one may, what follows now may no longer follow then.
/// </summary>
internal sealed class MonotoneChange
{
    private readonly IReadOnlyList<Rule> _rules;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<List<Dependency>[]> _readers;

    public MonotoneChange(ImmutableArray<Rule> rules, CancellationToken cancellation)
    {
        (_rules, _cancellation) = (rules, cancellation);
        _readers = new(() => Readers(DependencyGraph.Create(rules, cancellation)));
    }

    /// <summary>Whether asserting facts like the patterns takes nothing back.</summary>
    public bool IsMonotone(IReadOnlyCollection<TriplePattern> added)
    {
        if (_rules.All(IsPositive)) return true;
        var waiting = new Queue<int>();
        var affected = new HashSet<int>();
        for (var i = 0; i < _rules.Count; i++)
        {
            foreach (var element in _rules[i].Body)
            {
                switch (element)
                {
                    case PatternElement pattern:
                        if (!IsForeign(pattern.Pattern, added) && affected.Add(i)) waiting.Enqueue(i);
                        break;
                    case FilterElement or AssignmentElement:
                        break;
                    case NegationElement or SubSelectElement when ImmutableArray.Create(element).Patterns().All(inner => IsForeign(inner, added)):
                        break;
                    default:
                        return false;
                }
            }
        }

        while (waiting.TryDequeue(out var next))
        {
            _cancellation.ThrowIfCancellationRequested();
            foreach (var dependency in _readers.Value[next])
            {
                if (dependency.IsClosed && !IsPositive(_rules[dependency.From])) return false;
                if (affected.Add(dependency.From)) waiting.Enqueue(dependency.From);
            }
        }

        return true;
    }

    private static bool IsPositive(Rule rule) => rule.Body.All(element => element is PatternElement or FilterElement or AssignmentElement);

    private static List<Dependency>[] Readers(DependencyGraph graph)
    {
        var readers = new List<Dependency>[graph.Rules.Length];
        for (var i = 0; i < readers.Length; i++) readers[i] = [];
        for (var i = 0; i < readers.Length; i++)
            foreach (var dependency in graph.DependenciesOf(i)) readers[dependency.To].Add(dependency);
        return readers;
    }

    /// <summary>Whether none of the facts can match the pattern.</summary>
    private static bool IsForeign(TriplePattern pattern, IReadOnlyCollection<TriplePattern> added) =>
        added.All(fact => Differ(pattern.Subject, fact.Subject) || Differ(pattern.Predicate, fact.Predicate) || Differ(pattern.Object, fact.Object));

    private static bool Differ(PatternTerm a, PatternTerm b) => a is ConstantTerm { Term: var left } && b is ConstantTerm { Term: var right } && left != right;
}
