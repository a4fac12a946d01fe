using System.Runtime.ExceptionServices;

namespace Reasoner.Inference;

/// <summary>
/// Runs a plan over many rows with several threads. Rows are cut into chunks; while the threads join them, nothing is added:
/// each chunk keeps the facts that it gives and that were not there before, and then they are added chunk by chunk. Rows
/// are seen and facts added in the order in which one thread would, so the result is the same whatever the number of threads.
/// </summary>
internal sealed class ParallelRun
{
    /// <summary>Below so many rows, threads cost more than they give.</summary>
    private const int FewestRows = 16_384;
    private const int ChunkRows = 2_048;

    /// <summary>So many chunks are joined before what they give is added.</summary>
    private const int WindowChunks = 64;

    private readonly PlanRunner _runner;
    private readonly Worker[] _workers;
    private readonly ParallelOptions _parallel;

    public ParallelRun(PlanRunner runner, int threads, Action check)
    {
        _runner = runner;
        _workers = new Worker[threads];
        for (var i = 0; i < threads; i++) _workers[i] = new Worker(runner, check);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
    }

    /// <summary>
    /// Whether the plan may run so: it starts from many rows, then only matches patterns by an index, and its heads are filled
    /// by copying. Whatever makes terms or keeps state of its own between solutions stays with one thread.
    /// </summary>
    public static bool Suits(RulePlan rule, PlanStep[] plan, PlanRunner runner)
    {
        if (plan.Length == 0 || plan[0] is not MatchStep { Relation: >= 0, SubjectBound: false, ObjectBound: false, FitsEveryRow: true } first) return false;
        var (_, start, end) = RowsOf(first, runner);
        if (end - start < FewestRows) return false;
        foreach (var head in rule.Head)
            if (!head.IsPlain) return false;
        for (var i = 1; i < plan.Length; i++)
        {
            if (plan[i] is not MatchStep { Relation: >= 0, FitsEveryRow: true } match) return false;
            var state = runner.States[match.Relation];
            if (state.Outdated is not null) return false;

            // Whether a fact is among those of an earlier round is a question that may change an index.
            if (match is { SubjectBound: true, ObjectBound: true } && !(match.Scope == RowScope.Current && state.End == (state.Own?.Count ?? 0))) return false;
        }

        return true;
    }

    /// <summary>Runs the plan and gives each new fact to the sink; the sink may find that another chunk gave it too.</summary>
    /// <param name="rule">The rule of the plan.</param>
    /// <param name="plan">A plan that suits.</param>
    /// <param name="sink">Adds a fact of the head with the number.</param>
    /// <param name="handler">What to do with solutions where a chunk gives too many facts to keep.</param>
    public void Run(RulePlan rule, PlanStep[] plan, Action<HeadTemplate, int, int> sink, ISolutionHandler handler)
    {
        foreach (var step in plan.Cast<MatchStep>().Where(step => step is { SubjectBound: false, ObjectBound: true }))
            _runner.States[step.Relation].Own?.IndexByObject();
        foreach (var worker in _workers) worker.Start(rule);
        var (relation, start, end) = RowsOf((MatchStep)plan[0], _runner);
        var candidates = new Candidates[WindowChunks];
        for (var i = 0; i < candidates.Length; i++) candidates[i] = new Candidates();
        for (var window = start; window < end; window += WindowChunks * ChunkRows)
        {
            var first = window;
            var chunks = Math.Min(WindowChunks, (end - first + ChunkRows - 1) / ChunkRows);
            var next = -1;
            Join(worker =>
            {
                for (int chunk; (chunk = Interlocked.Increment(ref next)) < chunks;)
                {
                    var from = first + (chunk * ChunkRows);
                    worker.Run(plan, relation, from, Math.Min(from + ChunkRows, end), candidates[chunk]);
                }
            });
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                var from = first + (chunk * ChunkRows);
                if (candidates[chunk].IsFull) _runner.RunRows(plan, relation, from, Math.Min(from + ChunkRows, end), handler);
                else candidates[chunk].AddTo(rule, sink);
            }
        }
    }

    private void Join(Action<Worker> work)
    {
        try
        {
            Parallel.ForEach(_workers, _parallel, work);
        }
        catch (AggregateException problems)
        {
            // A limit or a cancellation is what it would be with one thread.
            ExceptionDispatchInfo.Throw(problems.Flatten().InnerExceptions[0]);
        }
    }

    private static (Knowledge.Relation Relation, int Start, int End) RowsOf(MatchStep first, PlanRunner runner)
    {
        var state = runner.States[first.Relation];
        if (state.Own is null || state.Inherited is not null || state.Outdated is not null) return (null!, 0, 0);
        return first.Scope switch
        {
            RowScope.Current => (state.Own, 0, state.End),
            RowScope.Delta => (state.Own, state.DeltaStart, state.End),
            RowScope.BeforeDelta => (state.Own, 0, state.DeltaStart),
            _ => (state.Own, 0, 0),
        };
    }

    /// <summary>One thread's runner; keeps what a chunk gives.</summary>
    private sealed class Worker(PlanRunner runner, Action check) : ISolutionHandler
    {
        private readonly PlanRunner _runner = runner.Fork(check);
        private HeadTemplate[] _heads = [];
        private Candidates _candidates = null!;

        public void Start(RulePlan rule)
        {
            _heads = rule.Head;
            _runner.Reserve(rule.SlotCount);
        }

        public void Run(PlanStep[] plan, Knowledge.Relation relation, int start, int end, Candidates candidates)
        {
            _candidates = candidates;
            candidates.Clear();
            _runner.RunRows(plan, relation, start, end, this);
        }

        public bool OnSolution(PlanRunner runner)
        {
            for (var i = 0; i < _heads.Length; i++)
            {
                var head = _heads[i];
                var (subject, @object) = head.Fill(runner.Slots);
                if (runner.States[head.Relation].Own?.Contains(subject, @object) != true && !_candidates.TryAdd(i, subject, @object)) return true;
            }

            return false;
        }
    }

    /// <summary>Facts that a chunk gives, in order; more than fit make it full.</summary>
    private sealed class Candidates
    {
        private const int MostFacts = 1 << 17;
        private (int Head, int Subject, int Object)[] _facts = new (int, int, int)[ChunkRows];
        private int _count;

        public bool IsFull { get; private set; }

        public void Clear() => (_count, IsFull) = (0, false);

        public bool TryAdd(int head, int subject, int @object)
        {
            if (_count == _facts.Length)
            {
                IsFull = _count >= MostFacts;
                if (IsFull) return false;
                Array.Resize(ref _facts, _count * 2);
            }

            _facts[_count++] = (head, subject, @object);
            return true;
        }

        public void AddTo(RulePlan rule, Action<HeadTemplate, int, int> sink)
        {
            foreach (var (head, subject, @object) in _facts.AsSpan(0, _count)) sink(rule.Head[head], subject, @object);
        }
    }
}
