namespace Reasoner.Rdf;

/// <summary>One graph on its way to Turtle: which nodes are nested, and where.</summary>
internal sealed class TurtleLayout
{
    // Readers, ours and others', bound how deep they follow. Deeper nodes get a label.
    private const int DeepestNesting = 32;
    private const int MostItemsOnOneLine = 8;

    private readonly SortedDictionary<Term, List<Triple>> _bySubject = [];
    private readonly HashSet<BlankNode> _nestable = [];
    private readonly HashSet<BlankNode> _referenced = [];
    private readonly Queue<BlankNode> _tooDeep = new();
    private readonly HashSet<Term> _written = [];
    private readonly ByteBuffer _body = new();
    private readonly TurtleTerms _terms;
    private readonly CancellationToken _cancellation;

    public TurtleLayout(IEnumerable<Triple> triples, IReadOnlyDictionary<string, Iri>? prefixes, CancellationToken cancellation)
    {
        _terms = new TurtleTerms(_body, prefixes);
        _cancellation = cancellation;
        var labelled = new HashSet<BlankNode>();
        foreach (var triple in triples.ToHashSet())
        {
            RdfTriples.Check(triple);
            if (!_bySubject.TryGetValue(triple.Subject, out var ofSubject)) _bySubject[triple.Subject] = ofSubject = [];
            ofSubject.Add(triple);
            if (triple.Object is BlankNode node && !_referenced.Add(node)) labelled.Add(node);
            if (triple.Object is TripleTerm inner) LabelNodesOf(inner.Triple, labelled);
        }

        // A node that one triple refers to can stand in that triple's place.
        _nestable.UnionWith(_referenced);
        _nestable.ExceptWith(labelled);
        _referenced.UnionWith(labelled);
        foreach (var ofSubject in _bySubject.Values) ofSubject.Sort(TypeFirst);
    }

    private static void LabelNodesOf(Triple triple, HashSet<BlankNode> labelled)
    {
        if (triple.Subject is BlankNode subject) labelled.Add(subject);
        if (triple.Object is BlankNode @object) labelled.Add(@object);
        if (triple.Object is TripleTerm inner) LabelNodesOf(inner.Triple, labelled);
    }

    private static int TypeFirst(Triple left, Triple right)
    {
        var isLeft = left.Predicate == RdfVocabulary.Type;
        var isRight = right.Predicate == RdfVocabulary.Type;
        return isLeft == isRight ? left.CompareTo(right) : isLeft ? -1 : 1;
    }

    /// <summary>The document.</summary>
    public ByteBuffer Document()
    {
        foreach (var subject in _bySubject.Keys)
        {
            if (subject is not BlankNode node || !_nestable.Contains(node)) Subject(subject);
        }

        WriteTooDeep();

        // What is left hangs on no other node: rings of nodes, each referred to once. Each ring is cut somewhere.
        foreach (var subject in _bySubject.Keys)
        {
            if (_written.Contains(subject)) continue;
            _nestable.Remove((BlankNode)subject);
            Subject(subject);
            WriteTooDeep();
        }

        var document = new ByteBuffer();
        _terms.AddDeclarations(document);
        if (document.Length > 0 && _body.Length > 0) document.Add((byte)'\n');
        document.Add(_body.Written);
        return document;
    }

    private void WriteTooDeep()
    {
        while (_tooDeep.TryDequeue(out var node)) Subject(node);
    }

    private void Subject(Term subject)
    {
        if (_written.Contains(subject)) return;
        _cancellation.ThrowIfCancellationRequested();
        if (_body.Length > 0) _body.Add((byte)'\n');
        if (subject is BlankNode node && !_referenced.Contains(node)) _body.Add("[]"u8);
        else _terms.Add(subject);
        _body.Add((byte)' ');
        Properties(subject, depth: 1);
        _body.Add(" .\n"u8);
    }

    private void Properties(Term subject, int depth)
    {
        _written.Add(subject);
        Term? predicate = null;
        foreach (var triple in _bySubject[subject])
        {
            if (triple.Predicate == predicate)
            {
                _body.Add(", "u8);
            }
            else
            {
                if (predicate is not null)
                {
                    _body.Add(" ;"u8);
                    NewLine(depth);
                }

                predicate = triple.Predicate;
                _terms.AddPredicate((Iri)predicate);
                _body.Add((byte)' ');
            }

            Object(triple.Object, depth);
        }
    }

    private void Object(Term term, int depth)
    {
        if (term == RdfVocabulary.Nil)
        {
            _body.Add("()"u8);
        }
        else if (term is not BlankNode node || !_nestable.Contains(node))
        {
            _terms.Add(term);
        }
        else if (!_bySubject.ContainsKey(node))
        {
            _body.Add("[]"u8);
        }
        else if (depth >= DeepestNesting)
        {
            _nestable.Remove(node);
            _tooDeep.Enqueue(node);
            _terms.Add(node);
        }
        else if (TryListItems(node, out var items))
        {
            Collection(items, depth);
        }
        else
        {
            Nested(node, depth);
        }
    }

    private void Nested(BlankNode node, int depth)
    {
        var isShort = _bySubject[node] is [var only] && !IsNested(only.Object);
        _body.Add((byte)'[');
        Separate(isShort, depth + 1);
        Properties(node, depth + 1);
        Separate(isShort, depth);
        _body.Add((byte)']');
    }

    private void Collection(List<Term> items, int depth)
    {
        var isShort = items.Count <= MostItemsOnOneLine && !items.Exists(IsNested);
        _body.Add((byte)'(');
        foreach (var item in items)
        {
            Separate(isShort, depth + 1);
            Object(item, depth + 1);
        }

        Separate(isShort, depth);
        _body.Add((byte)')');
    }

    private bool IsNested(Term term) => term is TripleTerm || (term is BlankNode node && _nestable.Contains(node));

    // A well-formed list: each node has one first, one rest and nothing else, and nothing else refers to it.
    private bool TryListItems(BlankNode head, out List<Term> items)
    {
        items = [];
        var nodes = new List<Term>();
        for (Term node = head; node != RdfVocabulary.Nil; node = _bySubject[node][1].Object)
        {
            if (node is not BlankNode blank || !_nestable.Contains(blank)) return false;
            if (!_bySubject.TryGetValue(blank, out var triples)
                || triples is not [var first, var rest]
                || first.Predicate != RdfVocabulary.First
                || rest.Predicate != RdfVocabulary.Rest)
            {
                return false;
            }

            items.Add(first.Object);
            nodes.Add(node);
        }

        _written.UnionWith(nodes);
        return true;
    }

    private void Separate(bool onSameLine, int depth)
    {
        if (onSameLine) _body.Add((byte)' ');
        else NewLine(depth);
    }

    private void NewLine(int depth)
    {
        _body.Add((byte)'\n');
        for (var i = 0; i < depth; i++) _body.Add("    "u8);
    }
}
