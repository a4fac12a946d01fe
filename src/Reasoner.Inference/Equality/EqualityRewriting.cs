using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Evaluates the rules of owl:sameAs by representatives (Motik, Nenov, Piro, Horrocks: Handling owl:sameAs via Rewriting,
/// 2015): of the facts that differ only in equal terms, rules see one, so that nothing is derived once for each alias. All
/// facts that it adds are instances of the five rules and stand at a higher rank than their premises, so that proofs are
/// built as for any other rule; at the end all aliases are there.
/// </summary>
/// <remarks>
/// Between two rounds, <see cref="Update"/> reads the new owl:sameAs facts and joins classes; each member of a class is
/// linked to the representative in both directions. A fact with a term that rules do not see becomes outdated: it stays, and
/// the same with terms that they do see is added. Rules see the representative, and each IRI that a rule names, so that
/// plans stay as they are. Literals and triple terms are members of no class, for they cannot be subjects, so that nothing
/// makes two of them equal or has their facts said of others; where a resource equals one, eq-rep-o is run as a rule.
/// </remarks>
internal sealed class EqualityRewriting
{
    private readonly EqualityPlan _plan;
    private readonly TermDictionary _terms;
    private readonly TermClasses _classes;
    private readonly PlanRunner _runner;
    private readonly IReadOnlyList<RelationState> _states;
    private readonly RelationState _sameAs;
    private readonly IDerivation _derivation;
    private readonly List<int> _doneRows = [];
    private readonly HashSet<int> _changed = [];
    private int _readSameAs;
    private int _rank;

    public EqualityRewriting(EqualityPlan plan, TermDictionary terms, PlanRunner runner, IDerivation derivation)
    {
        _plan = plan;
        _terms = terms;
        _runner = runner;
        _states = runner.States.All;
        _sameAs = runner.States.Of(plan.SameAs);
        _derivation = derivation;
        _classes = new TermClasses(terms, plan.SameAs, () => plan.Constants);
    }

    /// <summary>Takes facts that are derived.</summary>
    internal interface IDerivation
    {
        /// <summary>Adds a fact that the rule gives, if it is not there.</summary>
        void Derive(RulePlan rule, RelationState relation, int subject, int @object, int rank);
    }

    /// <summary>Whether a resource equals a literal or triple term.</summary>
    public bool HasEqualValues { get; private set; }

    /// <summary>Reads what the last round derived, so that the facts that rules see are complete up to equality.</summary>
    /// <param name="rank">The highest rank given out; facts are added above it.</param>
    /// <returns>The highest rank given out.</returns>
    public int Update(int rank)
    {
        _rank = rank;
        do
        {
            while (_readSameAs < (_sameAs.Own?.Count ?? 0)) Read(_readSameAs++);
            Rewrite();
        }
        while (_readSameAs < (_sameAs.Own?.Count ?? 0));
        return _rank;
    }

    /// <summary>Adds all aliases of the facts that rules saw, and lets rules see all.</summary>
    /// <param name="rank">The highest rank given out; facts are added above it.</param>
    /// <returns>The highest rank given out.</returns>
    public int Expand(int rank)
    {
        if (!_classes.IsEmpty)
        {
            var counts = _states.Select(static state => state.Own?.Count ?? 0).ToArray();
            for (var i = 0; i < counts.Length; i++)
                for (var row = 0; row < counts[i]; row++) Expand(_states[i], row, rank);
            rank += 3;
        }

        foreach (var state in _states) state.Outdated = null;
        return rank;
    }

    // Classes

    private void Read(int row)
    {
        var (left, right) = (_sameAs.Own!.Subjects[row], _sameAs.Own.Objects[row]);
        if (_terms.KindOf(right) is not (TermKind.Iri or TermKind.BlankNode)) HasEqualValues = true;
        else if (!_classes.AreEqual(left, right)) Join(left, right);
    }

    /// <summary>Joins two classes by a fact that holds, and links every member to the representative.</summary>
    private void Join(int left, int right)
    {
        Same(EqualityRule.Symmetry, right, left, 1);
        var (near, far) = _classes.Precedes(_classes.RepresentativeOf(left), _classes.RepresentativeOf(right)) ? (left, right) : (right, left);
        var (representative, former) = (_classes.RepresentativeOf(near), _classes.RepresentativeOf(far));
        int[] moved = [.. _classes.MembersOf(far)];
        int[] nearSeen = [.. _classes.SeenFor(near)], farSeen = [.. _classes.SeenFor(far)];

        Link(far, near, representative, 2);
        Link(former, far, representative, 3);
        foreach (var member in moved)
            if (member != far) Link(member, former, representative, 4);

        var joined = _classes.Join(near, far);
        for (var i = 1; i < joined.Seen.Length; i++)
            foreach (var member in joined.Members)
                if (member != joined.Seen[i]) Same(EqualityRule.Transitivity, member, joined.Seen[i], 6);
        _rank += 6;

        if (!nearSeen.SequenceEqual(joined.Seen)) _changed.UnionWith(nearSeen);
        _changed.UnionWith(farSeen);
    }

    /// <summary>Makes the term equal to the representative by way of another that both are linked to.</summary>
    private void Link(int term, int way, int representative, int rank)
    {
        if (term == way) return;
        if (way != representative) Same(EqualityRule.Transitivity, term, representative, rank);
        Same(EqualityRule.Symmetry, representative, term, rank + 1);
    }

    private void Same(EqualityRule rule, int subject, int @object, int rank) =>
        _derivation.Derive(_plan[rule], _sameAs, subject, @object, _rank + rank);

    // Facts

    /// <summary>Brings the rows with terms whose class has changed, and the new rows, to terms that rules see.</summary>
    private void Rewrite()
    {
        var counts = _states.Select(static state => state.Own?.Count ?? 0).ToArray();
        while (_doneRows.Count < counts.Length) _doneRows.Add(0);
        if (_changed.Count > 0) RewriteChanged();
        if (!_classes.IsEmpty)
        {
            for (var i = 0; i < counts.Length; i++)
                for (var row = _doneRows[i]; row < counts[i]; row++) Rewrite(_states[i], row);
            _rank += 3;
        }

        // What was added for these rows is complete already.
        while (_doneRows.Count < _states.Count) _doneRows.Add(0);
        for (var i = 0; i < _states.Count; i++)
        {
            var count = _states[i].Own?.Count ?? 0;
            if (!_classes.IsEmpty)
            {
                var first = i < counts.Length ? Math.Max(counts[i], _doneRows[i]) : 0;
                for (var row = first; row < count; row++) MarkIfOutdated(_states[i], row);
            }

            _doneRows[i] = count;
        }
    }

    private void RewriteChanged()
    {
        var done = _doneRows.Sum(static rows => (long)rows);
        var looksUp = (long)_changed.Count * _states.Count * 2 < done;
        for (int i = 0, count = _doneRows.Count; i < count; i++)
        {
            var (state, end) = (_states[i], _doneRows[i]);
            if (end == 0) continue;
            if (!looksUp || _changed.Contains(state.Predicate))
            {
                for (var row = 0; row < end; row++)
                    if (IsChanged(state, row)) Rewrite(state, row);
                continue;
            }

            foreach (var term in _changed)
            {
                for (var row = state.Own!.FirstBySubject(term); row >= 0; row = state.Own.NextBySubject(row))
                    if (row < end) Rewrite(state, row);
                for (var row = state.Own.FirstByObject(term); row >= 0; row = state.Own.NextByObject(row))
                    if (row < end) Rewrite(state, row);
            }
        }

        _changed.Clear();
    }

    private bool IsChanged(RelationState state, int row) =>
        _changed.Contains(state.Predicate) || _changed.Contains(state.Own!.Subjects[row]) || _changed.Contains(state.Own.Objects[row]);

    /// <summary>
    /// Adds the row's fact with all terms that rules see for its terms, one place after another. A step that is there already,
    /// at whatever rank, was made together with all that this loop would make from it.
    /// </summary>
    private void Rewrite(RelationState state, int row)
    {
        if (state.Outdated?.Contains(row) == true) return;
        var (subject, predicate, @object) = (state.Own!.Subjects[row], state.Predicate, state.Own.Objects[row]);
        foreach (var s in _classes.SeenFor(subject))
        {
            if (s != subject) _derivation.Derive(_plan[EqualityRule.SubjectReplacement], state, s, @object, _rank + 1);
            foreach (var p in _classes.SeenFor(predicate))
            {
                var relation = p == predicate ? state : _runner.States.Of(p);
                if (p != predicate) _derivation.Derive(_plan[EqualityRule.PredicateReplacement], relation, s, @object, _rank + 2);
                foreach (var o in _classes.SeenFor(@object))
                    if (o != @object) _derivation.Derive(_plan[EqualityRule.ObjectReplacement], relation, s, o, _rank + 3);
            }
        }

        MarkIfOutdated(state, row);
    }

    private void MarkIfOutdated(RelationState state, int row)
    {
        if (_classes.IsSeen(state.Own!.Subjects[row]) && _classes.IsSeen(state.Predicate) && _classes.IsSeen(state.Own.Objects[row])) return;
        (state.Outdated ??= []).Add(row);
    }

    private void Expand(RelationState state, int row, int rank)
    {
        var (subject, predicate, @object) = (state.Own!.Subjects[row], state.Predicate, state.Own.Objects[row]);
        var (subjects, predicates, objects) = (_classes.Of(subject), _classes.Of(predicate), _classes.Of(@object));
        if (subjects is null && predicates is null && objects is null) return;
        if (!IsRepresentative(subjects, subject) || !IsRepresentative(predicates, predicate) || !IsRepresentative(objects, @object)) return;
        foreach (var s in _classes.MembersOf(subject))
        {
            if (s != subject) _derivation.Derive(_plan[EqualityRule.SubjectReplacement], state, s, @object, rank + 1);
            foreach (var p in _classes.MembersOf(predicate))
            {
                if (_terms.KindOf(p) != TermKind.Iri) continue;
                var relation = p == predicate ? state : _runner.States.Of(p);
                if (p != predicate) _derivation.Derive(_plan[EqualityRule.PredicateReplacement], relation, s, @object, rank + 2);
                if (objects is null) continue;
                foreach (var o in objects.Members)
                    if (o != @object) _derivation.Derive(_plan[EqualityRule.ObjectReplacement], relation, s, o, rank + 3);
            }
        }
    }

    private static bool IsRepresentative(TermClass? known, int term) => known is null || known.Representative == term;
}
