using System.Collections.Immutable;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Decisions;

/// <summary>
/// Which facts may depend on which others: what a rule concludes depends on all that its body reads, inside NOT, aggregates and
/// triple terms too. Rules that axioms became count as any other. It errs on the safe side: it may see a way that no data takes.
/// </summary>
internal sealed class FactFlow
{
    private readonly Dictionary<Iri, List<Reading>> _readers = [];
    private readonly List<Reading> _readersOfAnything = [];
    private readonly ILookup<Iri, Iri> _samePredicates;

    /// <summary>The flow of a rule set.</summary>
    /// <param name="rules">The rules, those from axioms included.</param>
    /// <param name="samePredicates">Properties and those that are stated to be the same.</param>
    public FactFlow(IEnumerable<Rule> rules, ILookup<Iri, Iri> samePredicates)
    {
        _samePredicates = samePredicates;
        foreach (var rule in rules)
        {
            foreach (var pattern in rule.Body.Patterns().SelectMany(WithInner))
            {
                var reading = new Reading(rule, pattern, FactKind.Of(pattern));
                if (reading.Kind.Predicate is not { } predicate) _readersOfAnything.Add(reading);
                else if (_readers.TryGetValue(predicate, out var readers)) readers.Add(reading);
                else _readers.Add(predicate, [reading]);
            }
        }
    }

    /// <summary>Everything that facts of a kind reach, each by a shortest way, nearest first.</summary>
    public Reach From(FactKind start)
    {
        var kinds = new Dictionary<FactKind, Step?> { [start] = null };
        var readings = new List<(Reading, FactKind)>();
        var seen = new HashSet<Rule>();
        var waiting = new Queue<FactKind>([start]);
        while (waiting.TryDequeue(out var kind))
        {
            foreach (var reading in ReadersOf(kind))
            {
                if (!reading.Kind.Overlaps(kind)) continue;
                if (seen.Add(reading.Rule)) readings.Add((reading, kind));
                foreach (var given in Given(reading, kind))
                    if (kinds.TryAdd(given, new Step(kind, reading.Rule))) waiting.Enqueue(given);
            }
        }

        return new Reach(kinds, [.. readings]);
    }

    private IEnumerable<Reading> ReadersOf(FactKind kind) => kind.Predicate is null
        ? _readers.Values.SelectMany(readers => readers).Concat(_readersOfAnything)
        : (_readers.GetValueOrDefault(kind.Predicate) ?? []).Concat(_readersOfAnything);

    private IEnumerable<FactKind> Given(Reading reading, FactKind read)
    {
        foreach (var template in reading.Rule.Head)
        {
            var kind = FactKind.Of(template);
            if (kind.Predicate is not null || read.Predicate is null) yield return kind;

            // A rule that hands the predicate on, such as those of owl:sameAs, gives what it reads.
            else if (template.Predicate == reading.Pattern.Predicate) yield return read with { Class = template.Object == reading.Pattern.Object ? read.Class : null };
            else if (EqualityRules.KindOf(reading.Rule) != EqualityRule.PredicateReplacement) yield return kind;
            else foreach (var same in _samePredicates[read.Predicate]) yield return new FactKind(same);
        }
    }

    /// <summary>The pattern and those of the triple terms in it.</summary>
    internal static IEnumerable<TriplePattern> WithInner(TriplePattern pattern) =>
        pattern.Terms.OfType<TripleTermPattern>().SelectMany(inner => WithInner(inner.Pattern)).Prepend(pattern);

    /// <summary>A rule's pattern that reads.</summary>
    internal sealed record Reading(Rule Rule, TriplePattern Pattern, FactKind Kind);

    /// <summary>How a kind of facts was reached.</summary>
    internal sealed record Step(FactKind From, Rule Rule);

    /// <summary>What facts of a kind reach.</summary>
    /// <param name="Kinds">The kinds of facts, with the last step to each; null for the start.</param>
    /// <param name="Readings">For each rule that reads one of them the first pattern that does, and what it reads.</param>
    internal sealed record Reach(IReadOnlyDictionary<FactKind, Step?> Kinds, ImmutableArray<(Reading Reading, FactKind Read)> Readings)
    {
        /// <summary>The steps from the start to a kind.</summary>
        public IReadOnlyList<(Rule Rule, FactKind Given)> WayTo(FactKind kind)
        {
            var way = new List<(Rule, FactKind)>();
            for (var at = kind; Kinds[at] is { } step; at = step.From) way.Add((step.Rule, at));
            way.Reverse();
            return way;
        }
    }
}
