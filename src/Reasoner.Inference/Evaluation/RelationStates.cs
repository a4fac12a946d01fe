using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>
/// What an evaluation knows of each relation, made when it is first asked for: a case touches few of a domain's relations.
/// One thread asks for new ones; what is there may be read by others meanwhile.
/// </summary>
internal sealed class RelationStates(KnowledgeGraph graph, RelationCatalogue catalogue)
{
    // By the ordinals of the plans; a catalogue only grows while rules are compiled.
    private readonly RelationState?[] _compiled = new RelationState?[catalogue.Predicates.Count];
    private readonly BaseRelations? _inherited = graph.Base is { } frozen ? catalogue.Of(frozen) : null;
    private readonly Dictionary<int, RelationState> _others = [];
    private readonly List<RelationState> _made = [];
    private bool _hasAll;

    /// <summary>The state of the relation of an ordinal.</summary>
    public RelationState this[int ordinal] => _compiled[ordinal] ?? MakeCompiled(ordinal);

    /// <summary>The states of all relations that have facts or are named by rules; those that facts bring come last.</summary>
    public IReadOnlyList<RelationState> All
    {
        get
        {
            if (_hasAll) return _made;
            _hasAll = true;
            for (var ordinal = 0; ordinal < _compiled.Length; ordinal++) _ = this[ordinal];
            foreach (var predicate in graph.Predicates) Of(predicate);
            return _made;
        }
    }

    /// <summary>The state of a predicate's relation.</summary>
    public RelationState Of(int predicate)
    {
        if (IsCompiled(predicate, out var ordinal)) return this[ordinal];
        if (!_others.TryGetValue(predicate, out var state)) _others.Add(predicate, state = Make(predicate, graph.BaseRelation(predicate)));
        return state;
    }

    /// <summary>The state of a predicate's relation, or null where it has no facts and no rule names it.</summary>
    public RelationState? TryFind(int predicate)
    {
        if (IsCompiled(predicate, out var ordinal)) return this[ordinal];
        if (_others.TryGetValue(predicate, out var state)) return state;
        return graph.OwnRelation(predicate) is null && graph.BaseRelation(predicate) is null ? null : Of(predicate);
    }

    private bool IsCompiled(int predicate, out int ordinal) => catalogue.TryGetOrdinal(predicate, out ordinal) && ordinal < _compiled.Length;

    private RelationState MakeCompiled(int ordinal)
    {
        var predicate = catalogue.Predicates[ordinal];
        return _compiled[ordinal] = Make(predicate, _inherited?.Find(ordinal, predicate));
    }

    private RelationState Make(int predicate, Relation? inherited)
    {
        var state = new RelationState(predicate, inherited, graph.OwnRelation(predicate), graph.Hidden(predicate));
        _made.Add(state);
        return state;
    }
}
