using System.Diagnostics.CodeAnalysis;
using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>
/// An in-memory knowledge graph in vertical layout: one <see cref="Relation"/> for each predicate. A graph may be an
/// overlay over a frozen base graph: it then shows the base's facts that it does not hide, and its own. Every fact keeps
/// where it comes from or the rule and rank by which it was derived.
/// </summary>
public sealed class KnowledgeGraph
{
    /// <summary>The origin of facts of DATA blocks counts as asserted but not as ground: the complement of a document number with this bit.</summary>
    private const int RuleDataBit = 1 << 30;

    private readonly Dictionary<int, Relation> _relations = [];
    private readonly List<Relation> _ordered = [];
    private readonly List<SourceDocument> _documents = [];
    private readonly Dictionary<SourceDocument, int> _documentNumbers = [];
    private readonly Dictionary<int, HashSet<int>> _hidden = [];
    private readonly List<(int Predicate, int Row)> _retracted = [];

    /// <summary>Makes an empty graph, or an empty overlay over a frozen base.</summary>
    public KnowledgeGraph(KnowledgeGraph? baseGraph = null)
    {
        Base = baseGraph;
        Terms = new TermDictionary(baseGraph?.Terms);
    }

    private KnowledgeGraph(KnowledgeGraph? baseGraph, TermDictionary terms) => (Base, Terms) = (baseGraph, terms);

    /// <summary>The graph that this one is an overlay over.</summary>
    public KnowledgeGraph? Base { get; }

    /// <summary>The graph's terms.</summary>
    public TermDictionary Terms { get; }

    /// <summary>The graph's own relations, without the base's, in order of first use.</summary>
    public IReadOnlyList<Relation> OwnRelations => _ordered;

    /// <summary>How many facts are visible.</summary>
    public int Count =>
        (Base?.Count ?? 0) - _hidden.Values.Sum(rows => rows.Count) + _ordered.Sum(relation => relation.Count);

    /// <summary>The predicates that have visible or hidden facts here or in the base, in ascending order of id.</summary>
    public IReadOnlyList<int> Predicates =>
        [.. _ordered.Select(r => r.Predicate).Concat(Base?.Predicates ?? []).Distinct().Order()];

    /// <summary>The bytes that the graph's own tables hold, terms included, the base excluded.</summary>
    public long MemoryBytes => Terms.MemoryBytes + _ordered.Sum(relation => relation.MemoryBytes);

    /// <summary>The graph's own facts of a predicate, or null where it has none.</summary>
    public Relation? OwnRelation(int predicate) => _relations.GetValueOrDefault(predicate);

    /// <summary>The base's facts of a predicate, or null.</summary>
    public Relation? BaseRelation(int predicate) => Base?.OwnRelation(predicate);

    /// <summary>The rows of the base's relation that this overlay hides, or null where it hides none.</summary>
    public IReadOnlySet<int>? HiddenRows(int predicate) => Hidden(predicate);

    internal HashSet<int>? Hidden(int predicate) => _hidden.Count == 0 ? null : _hidden.GetValueOrDefault(predicate);

    /// <summary>Whether the fact is visible.</summary>
    public bool Contains(int subject, int predicate, int @object) => TryLocate(subject, predicate, @object, out _, out _);

    /// <summary>Whether the triple is visible.</summary>
    public bool Contains(Triple triple)
    {
        var (s, p, o) = (Terms.Find(triple.Subject), Terms.Find(triple.Predicate), Terms.Find(triple.Object));
        return s != 0 && p != 0 && o != 0 && Contains(s, p, o);
    }

    /// <summary>Finds a visible fact's relation (own or base) and row.</summary>
    public bool TryLocate(int subject, int predicate, int @object, [NotNullWhen(true)] out Relation? relation, out int row)
    {
        relation = OwnRelation(predicate);
        if (relation is not null && (row = relation.Find(subject, @object)) >= 0) return true;
        relation = BaseRelation(predicate);
        row = relation is null ? -1 : relation.Find(subject, @object);
        return row >= 0 && Hidden(predicate)?.Contains(row) != true;
    }

    /// <summary>The visible facts that match; 0 stands for any. Own facts come after the base's, each in order of arrival or, by an index, newest first.</summary>
    public FactMatches Match(int subject = 0, int predicate = 0, int @object = 0) => new(this, new Fact(subject, predicate, @object));

    /// <summary>The visible facts as triples.</summary>
    public IEnumerable<Triple> Triples => Match().Select(ToTriple);

    /// <summary>The fact as a triple.</summary>
    public Triple ToTriple(Fact fact) => new(Terms[fact.Subject], Terms[fact.Predicate], Terms[fact.Object]);

    /// <summary>The objects of the visible facts with the subject and predicate.</summary>
    public ObjectMatches ObjectsOf(int subject, int predicate) => new(Match(subject, predicate));

    /// <summary>Asserts a triple. False where it was asserted already (the first source stays).</summary>
    public bool Assert(Triple triple, FactSource source) =>
        Assert(Terms.Add(triple.Subject), Terms.Add(triple.Predicate), Terms.Add(triple.Object), source);

    /// <summary>Asserts a fact. False where it was asserted already (the first source stays). A fact that was derived becomes asserted.</summary>
    public bool Assert(int subject, int predicate, int @object, FactSource source) =>
        Assert(subject, predicate, @object, OriginOf(source.Document), source.Place);

    /// <summary>The number under which the document stands in origins; for loaders that assert many facts.</summary>
    public int OriginOf(SourceDocument document)
    {
        if (!_documentNumbers.TryGetValue(document, out var number))
        {
            number = (Base?._documents.Count ?? 0) + _documents.Count;
            AddDocument(document);
        }

        return ~(document.Kind == SourceKind.RuleData ? number | RuleDataBit : number);
    }

    /// <summary>Asserts a fact by its document's origin (see <see cref="OriginOf"/>) and place.</summary>
    public bool Assert(int subject, int predicate, int @object, int origin, int place)
    {
        if (BaseRelation(predicate) is { } inherited
            && inherited.Find(subject, @object) is var inheritedRow and >= 0
            && Hidden(predicate)?.Contains(inheritedRow) != true)
        {
            if (!Strengthens(origin, inherited.OriginOf(inheritedRow))) return false;
            Hide(predicate, inheritedRow);
        }

        var relation = RelationFor(predicate);
        if (relation.Add(subject, @object, origin, place)) return true;
        var row = relation.Find(subject, @object);
        if (!Strengthens(origin, relation.OriginOf(row))) return false;
        relation.SetOrigin(row, origin, place);
        return true;
    }

    /// <summary>
    /// Takes back a fact that the base asserts: it no longer holds in this overlay, unless rules derive it or state it in a
    /// DATA block. False where the base does not assert it, or it is taken back already.
    /// </summary>
    /// <exception cref="InvalidOperationException">The graph is no overlay.</exception>
    public bool Retract(Triple triple)
    {
        if (Base is null) throw new InvalidOperationException("Facts are taken back in an overlay; a graph of its own only grows.");
        var (s, p, o) = (Terms.Find(triple.Subject), Terms.Find(triple.Predicate), Terms.Find(triple.Object));
        return s != 0 && p != 0 && o != 0 && Retract(s, p, o);
    }

    /// <summary>As the other, by ids.</summary>
    public bool Retract(int subject, int predicate, int @object)
    {
        if (BaseRelation(predicate) is not { } inherited) return false;
        var row = inherited.Find(subject, @object);
        if (row < 0 || !IsGround(inherited.OriginOf(row)) || Hidden(predicate)?.Contains(row) == true) return false;
        Hide(predicate, row);
        _retracted.Add((predicate, row));
        return true;
    }

    /// <summary>The rows of the base's relations that were taken back, in order.</summary>
    internal IReadOnlyList<(int Predicate, int Row)> Retracted => _retracted;

    /// <summary>Hides a row of the base's relation: the fact no longer holds in this overlay.</summary>
    public void Hide(int predicate, int baseRow)
    {
        if (!_hidden.TryGetValue(predicate, out var rows)) _hidden.Add(predicate, rows = []);
        rows.Add(baseRow);
    }

    /// <summary>Whether an origin is that of a derived fact.</summary>
    public static bool IsDerived(int origin) => origin >= 0;

    /// <summary>Whether an origin is that of the base graph of SRL's semantics: asserted, and not by a DATA block.</summary>
    public static bool IsGround(int origin) => origin < 0 && (~origin & RuleDataBit) == 0;

    private static bool IsRuleData(int origin) => origin < 0 && (~origin & RuleDataBit) != 0;

    /// <summary>Whether an asserted fact's origin says more than the one that the fact has.</summary>
    private static bool Strengthens(int origin, int existing) => IsDerived(existing) || (IsRuleData(existing) && !IsRuleData(origin));

    /// <summary>Where an asserted fact comes from.</summary>
    /// <param name="origin">The row's origin.</param>
    /// <param name="stamp">The row's stamp.</param>
    public FactSource SourceOf(int origin, int stamp)
    {
        var number = ~origin & ~RuleDataBit;
        var inherited = Base?._documents.Count ?? 0;
        return new FactSource(number < inherited ? Base!._documents[number] : _documents[number - inherited], stamp);
    }

    /// <summary>
    /// A graph over the same base, with the same terms and this graph's own asserted facts, and nothing derived: to
    /// evaluate again with more facts. Belongs to the same thread.
    /// </summary>
    public KnowledgeGraph CopyAsserted()
    {
        var copy = new KnowledgeGraph(Base, Terms);
        foreach (var document in _documents) copy.OriginOf(document);
        foreach (var relation in _ordered)
        {
            for (var row = 0; row < relation.Count; row++)
            {
                var origin = relation.OriginOf(row);
                if (!IsDerived(origin)) copy.Assert(relation.Subjects[row], relation.Predicate, relation.Objects[row], origin, relation.StampOf(row));
            }
        }

        return copy;
    }

    /// <summary>
    /// A frozen graph of what this overlay shows, which stands alone. Ids stay what they are, and relations that the overlay
    /// does not change are shared with its base; the others are made anew. The overlay is of no use from then on.
    /// </summary>
    internal KnowledgeGraph Merge()
    {
        if (Base is null) throw new InvalidOperationException("Only an overlay can be merged with its base.");
        var merged = new KnowledgeGraph(null, Terms.Merge());
        foreach (var document in Base._documents.Concat(_documents)) merged.AddDocument(document);
        foreach (var inherited in Base._ordered)
        {
            var own = OwnRelation(inherited.Predicate);
            var hidden = Hidden(inherited.Predicate);
            merged.AddRelation(own is null && hidden is null ? inherited : inherited.Merge(own, hidden));
        }

        foreach (var own in _ordered)
            if (BaseRelation(own.Predicate) is null) merged.AddRelation(own);
        merged.Freeze();
        return merged;
    }

    /// <summary>Ends growth and builds every index, so that threads may share the graph and overlays may stand on it.</summary>
    public void Freeze()
    {
        foreach (var relation in _ordered) relation.Freeze();
        Terms.Freeze();
    }

    internal Relation RelationFor(int predicate)
    {
        if (_relations.TryGetValue(predicate, out var relation)) return relation;
        return AddRelation(new Relation(predicate));
    }

    // Origins name documents by their number here: one that base and overlay share stands twice in what they become.
    private void AddDocument(SourceDocument document)
    {
        _documentNumbers.TryAdd(document, (Base?._documents.Count ?? 0) + _documents.Count);
        _documents.Add(document);
    }

    private Relation AddRelation(Relation relation)
    {
        _relations.Add(relation.Predicate, relation);
        _ordered.Add(relation);
        return relation;
    }
}
