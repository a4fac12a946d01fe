using Reasoner.Knowledge;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Runs the SELECTs of plans. What a SELECT reads is finished before a rule that holds it runs, so each group is made once
/// and kept. Belongs to one thread.
/// </summary>
internal sealed class SubSelectRunner(PlanRunner runner, KnowledgeGraph graph, EvaluationContext context)
{
    private readonly Dictionary<SubSelectStep, Table> _tables = [];
    private readonly Dictionary<SubSelectPlan, Changes> _changes = [];

    /// <summary>The rows of the step, at least those that agree with what is bound in the runner's slots.</summary>
    public IReadOnlyList<int[]> Rows(SubSelectStep step)
    {
        if (step.Scope == RowScope.Delta) return _changes[step.Plan].Added;
        if (step.Scope == RowScope.Removed) return _changes[step.Plan].Removed;
        if (!_tables.TryGetValue(step, out var table)) _tables.Add(step, table = new Table(step));
        if (table.IsNew(runner.Slots))
        {
            foreach (var group in GroupsOf(step, withFacts: false))
                if (group.Row(graph.Terms, context) is { } row) table.Add(row);
        }

        return table.Rows(runner.Slots);
    }

    /// <summary>
    /// Compares the groups that the overlay's changes touch with what they were in the base, and keeps the rows that came and
    /// went. False where there are none.
    /// </summary>
    public bool FindChanges(SubSelectPlan plan, Func<int, bool> hasDelta, Func<int, bool> hasRemovals)
    {
        _changes.Remove(plan);
        var touched = new TouchedKeys(plan);
        foreach (var steps in plan.Touched(hasDelta, hasRemovals)) runner.RunInside(steps, new int[plan.SlotCount], touched);
        if (touched.Keys.Count == 0) return false;

        var changes = new Changes([], []);
        foreach (var keys in touched.Keys)
        {
            var former = RowsOfKeys(plan, plan.FormerOfKeys, keys);
            var current = RowsOfKeys(plan, plan.CurrentOfKeys, keys);
            changes.Removed.AddRange(former.Where(row => !current.Contains(row)));
            changes.Added.AddRange(current.Where(row => !former.Contains(row)));
        }

        if (changes.Removed.Count + changes.Added.Count == 0) return false;
        _changes.Add(plan, changes);
        return true;
    }

    /// <summary>Whether changes were found that brought or took rows.</summary>
    public bool HasChanged(SubSelectPlan plan) => _changes.ContainsKey(plan);

    /// <summary>
    /// The facts of the group that gives the row in the runner's slots; of several that give it, of the first by its keys' terms.
    /// </summary>
    public IEnumerable<Fact> FactsOfRow(SubSelectStep step) => GroupsOf(step, withFacts: true)
        .Where(group => group.Row(graph.Terms, context) is { } row && step.Bind(row, runner.Slots))
        .MinBy(group => group.Keys, Comparer<int[]>.Create(CompareByTerms))!.Facts!
        .OrderBy(graph.ToTriple);

    private IEnumerable<Group> GroupsOf(SubSelectStep step, bool withFacts)
    {
        var steps = step.Inner;
        var own = new int[step.Plan.SlotCount];
        foreach (var (outer, inner) in step.Narrows) own[inner] = runner.Slots[outer];
        var collector = new GroupCollector(step.Plan, graph.Terms, withFacts);
        runner.RunInside(steps, own, collector);
        return collector.Groups;
    }

    private int CompareByTerms(int[] left, int[] right) =>
        left.Zip(right).Select(pair => graph.Terms[pair.First].CompareTo(graph.Terms[pair.Second])).FirstOrDefault(order => order != 0);

    private HashSet<int[]> RowsOfKeys(SubSelectPlan plan, PlanStep[] steps, int[] keys)
    {
        var own = new int[plan.SlotCount];
        for (var i = 0; i < keys.Length; i++) own[plan.MatchedKeys[i]] = keys[i];
        var collector = new GroupCollector(plan, graph.Terms, withFacts: false);
        runner.RunInside(steps, own, collector);
        return collector.Groups.Select(group => group.Row(graph.Terms, context)).OfType<int[]>().ToHashSet(IdListComparer.Instance);
    }

    /// <summary>The rows that were made for a step so far, by the values of what is bound.</summary>
    private sealed class Table(SubSelectStep step)
    {
        private readonly HashSet<int[]> _made = new(IdListComparer.Instance);
        private readonly Dictionary<int[], List<int[]>> _rows = new(IdListComparer.Instance);
        private readonly int[] _narrows = new int[step.Narrows.Length];
        private readonly int[] _bound = new int[step.Bound.Count(bound => bound)];

        /// <summary>Whether the groups of what the slots hold are still to be made.</summary>
        public bool IsNew(int[] slots)
        {
            for (var i = 0; i < _narrows.Length; i++) _narrows[i] = slots[step.Narrows[i].Outer];
            return _made.GetAlternateLookup<ReadOnlySpan<int>>().Add(_narrows);
        }

        public void Add(int[] row)
        {
            int[] bound = [.. row.Where((_, i) => step.Bound[i])];
            if (_rows.TryGetValue(bound, out var rows)) rows.Add(row);
            else _rows.Add(bound, [row]);
        }

        public IReadOnlyList<int[]> Rows(int[] slots)
        {
            var count = 0;
            for (var i = 0; i < step.Outputs.Length; i++)
                if (step.Bound[i]) _bound[count++] = slots[step.Outputs[i]];
            return _rows.TryGetValue(_bound, out var rows) ? rows : [];
        }
    }

    /// <summary>The rows that an overlay adds to a SELECT and takes from it.</summary>
    private sealed record Changes(List<int[]> Added, List<int[]> Removed);

    /// <summary>Collects the matched keys of solutions that came or went.</summary>
    private sealed class TouchedKeys(SubSelectPlan plan) : ISolutionHandler
    {
        public HashSet<int[]> Keys { get; } = new(IdListComparer.Instance);

        // Where there are no keys, the first solution says all.
        public bool OnSolution(PlanRunner runner)
        {
            Keys.Add([.. plan.MatchedKeys.Select(slot => runner.Slots[slot])]);
            return plan.MatchedKeys.Length == 0;
        }
    }
}
