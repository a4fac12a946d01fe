using System.Collections.Immutable;
using System.Text;

namespace Reasoner.Rules;

/// <summary>Rules that are evaluated together, to their fixpoint.</summary>
/// <param name="Rules">The rules, in document order.</param>
/// <param name="IsRecursive">Whether they depend on themselves; otherwise it is one rule, and evaluating it once is
/// enough.</param>
public sealed record Stratum(ImmutableArray<Rule> Rules, bool IsRecursive);

/// <summary>
/// The order of evaluation (SPARQL 1.2 RL, "Stratification"): one stratum a strongly connected component of the
/// dependency graph, each after all that it depends on. This is finer than the layers of the specification's algorithm
/// and gives the same inference graph: a layer's general rules are monotone in what their layer derives (what they negate
/// or aggregate, and what run-once rules read, is finished in lower layers), so their joint fixpoint is reached component by
/// component; and a run-once rule, alone in its component, still runs when all that it reads is finished and before
/// what reads it.
/// </summary>
public sealed class Stratification
{
    private const int MaximumReported = 20;

    private Stratification(ImmutableArray<Stratum> strata) => Strata = strata;

    /// <summary>The strata, in the order of evaluation; where it is free, by the first rule's place in the
    /// document.</summary>
    public ImmutableArray<Stratum> Strata { get; }

    /// <summary>
    /// Orders a rule set's rules; null, and why, where a rule depends on itself through a NOT, an aggregate or a rule that
    /// runs once (the stratification condition).
    /// </summary>
    public static (Stratification? Stratification, ImmutableArray<Diagnostic> Diagnostics) Create(
        RuleSet ruleSet, CancellationToken cancellation = default) =>
        Create(DependencyGraph.Create(ruleSet.Rules, cancellation), ruleSet.Prefixes);

    /// <summary>As the other, from a dependency graph, and with the prefixes that names in messages are shortened
    /// by.</summary>
    public static (Stratification? Stratification, ImmutableArray<Diagnostic> Diagnostics) Create(
        DependencyGraph graph, IReadOnlyDictionary<string, string> prefixes)
    {
        var component = StronglyConnectedComponents.Find(graph, out var count);
        var violations = Violations(graph, component, prefixes);
        return violations.IsEmpty ? (new Stratification(Order(graph, component, count)), []) : (null, violations);
    }

    // Kahn's algorithm; of the components that are ready, the one whose first rule stands first.
    private static ImmutableArray<Stratum> Order(DependencyGraph graph, int[] component, int count)
    {
        var members = new List<int>[count];
        for (var rule = 0; rule < component.Length; rule++) (members[component[rule]] ??= []).Add(rule);

        var readers = new List<int>?[count];
        var unfinished = new int[count];
        var isRecursive = new bool[count];
        for (var rule = 0; rule < component.Length; rule++)
        {
            var reader = component[rule];
            foreach (var dependency in graph.DependenciesOf(rule))
            {
                var read = component[dependency.To];
                if (read == reader)
                {
                    isRecursive[reader] = true;
                    continue;
                }

                (readers[read] ??= []).Add(reader);
                unfinished[reader]++;
            }
        }

        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < count; i++)
        {
            if (unfinished[i] == 0) ready.Enqueue(i, members[i][0]);
        }

        var strata = ImmutableArray.CreateBuilder<Stratum>(count);
        while (ready.TryDequeue(out var next, out _))
        {
            strata.Add(new Stratum([.. members[next].Select(rule => graph.Rules[rule])], isRecursive[next]));
            foreach (var reader in readers[next] ?? [])
            {
                if (--unfinished[reader] == 0) ready.Enqueue(reader, members[reader][0]);
            }
        }

        return strata.MoveToImmutable();
    }

    // One a rule that has a closed dependency within its component: the shortest way round through it.
    private static ImmutableArray<Diagnostic> Violations(
        DependencyGraph graph, int[] component, IReadOnlyDictionary<string, string> prefixes)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        for (var rule = 0; rule < component.Length && diagnostics.Count < MaximumReported; rule++)
        {
            foreach (var dependency in graph.DependenciesOf(rule))
            {
                if (!dependency.IsClosed || component[dependency.To] != component[rule]) continue;
                diagnostics.Add(
                    Violation(graph, dependency, ShortestWay(graph, component, dependency.To, rule), prefixes));
                break;
            }
        }

        return diagnostics.DrainToImmutable();
    }

    private static List<Dependency> ShortestWay(DependencyGraph graph, int[] component, int from, int to)
    {
        var way = new List<Dependency>();
        if (from == to) return way;
        var reachedBy = new Dictionary<int, Dependency>();
        var waiting = new Queue<int>([from]);
        while (!reachedBy.ContainsKey(to))
        {
            foreach (var dependency in graph.DependenciesOf(waiting.Dequeue()))
            {
                if (component[dependency.To] == component[from] && reachedBy.TryAdd(dependency.To, dependency))
                    waiting.Enqueue(dependency.To);
            }
        }

        for (var rule = to; rule != from; rule = way[^1].From) way.Add(reachedBy[rule]);
        way.Reverse();
        return way;
    }

    private static Diagnostic Violation(
        DependencyGraph graph, Dependency closed, List<Dependency> rest, IReadOnlyDictionary<string, string> prefixes)
    {
        var names = new NameWriter(prefixes);
        var rule = graph.Rules[closed.From];
        var (through, escape) = ElementOf(closed) switch
        {
            NegationElement => ("a NOT", "use NOT DATA to look at the given facts only"),
            SubSelectElement => ("an aggregate (SELECT)", "use WHERE DATA in the SELECT to look at the given facts only"),
            _ => (
                "a rule that makes new terms (SET, or a blank node or triple term in its head)",
                "use WHERE DATA to read the given facts only"),
        };
        var message = new StringBuilder("Rule ").Append(names.WriteRule(rule)).Append(
            " depends on its own results through ")
            .Append(through)
            .Append(", so it has no order of evaluation: ");
        Append(closed);
        foreach (var dependency in rest) Append(dependency);
        message.Append(rest.Count == 0 ? "itself. " : "and so back to the first. ")
            .Append("Break the cycle, or ").Append(escape).Append('.');
        return new Diagnostic(
            closed.Pattern.Position, Severity.Error, DiagnosticCodes.NotStratified, message.ToString());

        void Append(Dependency dependency)
        {
            var at = dependency.Pattern.Position;
            message.Append(Named(dependency.From))
                .Append(ElementOf(dependency) switch
                {
                    NegationElement => " reads NOT { ",
                    SubSelectElement => " aggregates { ",
                    _ when dependency.IsClosed => " needs to know all of { ",
                    _ => " reads { ",
                })
                .Append(RuleText.Write(dependency.Pattern, prefixes))
                .Append(" } (").Append(at.Line).Append(':').Append(at.Column).Append("), which ");
            if (rest.Count > 0) message.Append(Named(dependency.To)).Append(" derives; ");
            else message.Append("it derives ");
        }

        BodyElement ElementOf(Dependency dependency) => graph.Rules[dependency.From].Body.First(element =>
            ImmutableArray.Create(element).Patterns().Any(pattern => ReferenceEquals(pattern, dependency.Pattern)));

        string Named(int number) => graph.Rules[number] is { Name: { } name } named
            ? $"rule {names.Write(name)} ({named.Position})"
            : $"the rule at {graph.Rules[number].DisplayName}";
    }
}
