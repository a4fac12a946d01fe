using System.Collections;

namespace Reasoner.Knowledge;

/// <summary>
/// The visible facts of a graph that match, as <see cref="KnowledgeGraph.Match"/> gives them. Walking along them with
/// <c>foreach</c> makes no object. The default value is no facts.
/// </summary>
public readonly struct FactMatches : IEnumerable<Fact>
{
    private readonly KnowledgeGraph _graph;
    private readonly Fact _pattern;

    internal FactMatches(KnowledgeGraph graph, Fact pattern) => (_graph, _pattern) = (graph, pattern);

    /// <summary>Whether there is any.</summary>
    public bool Any() => GetEnumerator().MoveNext();

    /// <summary>Walks along the facts.</summary>
    public Enumerator GetEnumerator() => new(_graph, _pattern);

    IEnumerator<Fact> IEnumerable<Fact>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks along the facts: of each predicate the base's, then the graph's own.</summary>
    public struct Enumerator : IEnumerator<Fact>
    {
        private readonly KnowledgeGraph _graph;
        private readonly Fact _pattern;
        private readonly IReadOnlyList<int>? _predicates;
        private int _nextPredicate;
        private int _predicate;
        private Relation? _relation;
        private HashSet<int>? _hidden;
        private int _row;
        private int _end;
        private bool _isInOwn;

        internal Enumerator(KnowledgeGraph? graph, Fact pattern)
        {
            (_graph, _pattern) = (graph!, pattern);
            if (graph is null) return;
            if (pattern.Predicate == 0) _predicates = graph.Predicates;
            else Enter(pattern.Predicate);
        }

        /// <inheritdoc />
        public Fact Current { readonly get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc />
        public bool MoveNext()
        {
            while (true)
            {
                if (_relation is not null)
                {
                    while (_row >= 0 && _row < _end)
                    {
                        var row = _row;
                        _row = Following(row);
                        if (_hidden?.Contains(row) == true) continue;
                        Current = new Fact(_relation.Subjects[row], _predicate, _relation.Objects[row]);
                        return true;
                    }
                }

                if (_predicate != 0 && !_isInOwn)
                {
                    _isInOwn = true;
                    Enter(_graph.OwnRelation(_predicate), null);
                }
                else if (_predicates is not null && _nextPredicate < _predicates.Count)
                {
                    Enter(_predicates[_nextPredicate++]);
                }
                else
                {
                    return false;
                }
            }
        }

        /// <inheritdoc />
        public readonly void Reset() => throw new NotSupportedException();

        /// <inheritdoc />
        public readonly void Dispose()
        {
            // Nothing is held.
        }

        private void Enter(int predicate)
        {
            _predicate = predicate;
            _isInOwn = false;
            Enter(_graph.BaseRelation(predicate), _graph.Hidden(predicate));
        }

        private void Enter(Relation? relation, HashSet<int>? hidden)
        {
            (_relation, _hidden) = (relation, hidden);
            if (relation is null) return;
            _end = relation.Count;
            _row = (_pattern.Subject, _pattern.Object) switch
            {
                (0, 0) => 0,
                (0, var @object) => relation.FirstByObject(@object),
                (var subject, 0) => relation.FirstBySubject(subject),
                var (subject, @object) => relation.Find(subject, @object),
            };
        }

        private readonly int Following(int row) => (_pattern.Subject, _pattern.Object) switch
        {
            (0, 0) => row + 1,
            (0, _) => _relation!.NextByObject(row),
            (_, 0) => _relation!.NextBySubject(row),
            _ => -1,
        };
    }
}

/// <summary>The objects of matching facts. Walking along them with <c>foreach</c> makes no object.</summary>
public readonly struct ObjectMatches : IEnumerable<int>
{
    private readonly FactMatches _facts;

    internal ObjectMatches(FactMatches facts) => _facts = facts;

    /// <summary>Whether there is any.</summary>
    public bool Any() => _facts.Any();

    /// <summary>Walks along the objects.</summary>
    public Enumerator GetEnumerator() => new(_facts.GetEnumerator());

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks along the objects.</summary>
    public struct Enumerator : IEnumerator<int>
    {
        private FactMatches.Enumerator _facts;

        internal Enumerator(FactMatches.Enumerator facts) => _facts = facts;

        /// <inheritdoc />
        public readonly int Current => _facts.Current.Object;

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc />
        public bool MoveNext() => _facts.MoveNext();

        /// <inheritdoc />
        public readonly void Reset() => throw new NotSupportedException();

        /// <inheritdoc />
        public readonly void Dispose()
        {
            // Nothing is held.
        }
    }
}
