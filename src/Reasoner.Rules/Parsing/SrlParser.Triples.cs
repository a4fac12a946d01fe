using Reasoner.Rdf;

namespace Reasoner.Rules;

// Triples and their abbreviations: property lists, collections, reified triples, annotations, paths.
internal sealed partial class SrlParser
{
    /// <summary>A step of a property path: the predicate, and whether it is walked backwards.</summary>
    private readonly record struct PathStep(PatternTerm Predicate, bool IsInverse, SourcePosition Position);

    private bool StartsTriples => _token.Kind switch
    {
        TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenReifiedTriple => true,
        TokenKind.Word => IsBoolean,
        _ => StartsTerm,
    };

    // [25] DataTriplesBlock, [48] TriplesBlockTemplate, [62] TriplesBlockPattern
    private void TriplesBlock()
    {
        while (StartsTriples)
        {
            TriplesSameSubject();
            if (!Accept(TokenKind.Dot)) return;
        }
    }

    // [26] TriplesSameSubjectData, [49] TriplesSameSubjectTemplate, [64] TriplesSameSubjectPattern
    private void TriplesSameSubject()
    {
        if (_token.Kind is TokenKind.OpenParenthesis or TokenKind.OpenBracket or TokenKind.OpenReifiedTriple)
        {
            var node = _token.Kind == TokenKind.OpenReifiedTriple ? ReifiedTriple() : TriplesNode();
            if (StartsVerb) PropertyListNotEmpty(node);
        }
        else
        {
            PropertyListNotEmpty(VarOrRdfTerm());
        }
    }

    // [28] PropertyListNotEmptyData, [51] PropertyListNotEmptyTemplate, [66] PropertyListNotEmptyPattern
    private void PropertyListNotEmpty(PatternTerm subject)
    {
        VerbObjectList(subject);
        while (Accept(TokenKind.Semicolon))
        {
            if (StartsVerb) VerbObjectList(subject);
        }
    }

    // [30] ObjectListData, [52] ObjectListTemplate, [67] ObjectListPattern
    private void VerbObjectList(PatternTerm subject)
    {
        var path = VerbOrPath();
        do Object(subject, path);
        while (Accept(TokenKind.Comma));
    }

    // [31] ObjectData, [53] ObjectTemplate, [68] ObjectPattern
    private void Object(PatternTerm subject, IReadOnlyList<PathStep> path)
    {
        var objectPosition = At(_token);
        var node = GraphNode();
        AddPath(subject, path, node, objectPosition);
        Annotation(subject, path, node);
    }

    // [32] GraphNodeData, [54] GraphNodeTemplate, [74] GraphNodePattern
    private PatternTerm GraphNode() => _token.Kind switch
    {
        TokenKind.OpenParenthesis or TokenKind.OpenBracket => TriplesNode(),
        TokenKind.OpenReifiedTriple => ReifiedTriple(),
        _ => VarOrRdfTerm(),
    };

    // [33] TriplesNodeData, [55] TriplesNodeTemplate, [69] TriplesNodePattern
    private PatternTerm TriplesNode()
    {
        Enter();
        var node = _token.Kind == TokenKind.OpenParenthesis ? Collection() : BlankNodePropertyList();
        Leave();
        return node;
    }

    // [34] BlankNodePropertyListData, [56] BlankNodePropertyListTemplate, [70] BlankNodePropertyListPattern
    private PatternTerm BlankNodePropertyList()
    {
        Advance();
        var node = _target.NewBlankNode();
        PropertyListNotEmpty(node);
        Expect(TokenKind.CloseBracket, "',', ';' or ] to end the property list");
        return node;
    }

    // [35] CollectionData, [57] CollectionTemplate, [71] CollectionPattern
    private PatternTerm Collection()
    {
        Advance();
        var first = _target.NewBlankNode();
        var cell = first;
        while (true)
        {
            var position = At(_token);
            _target.Add(cell, _rdfFirst, GraphNode(), position, position);
            if (Accept(TokenKind.CloseParenthesis))
            {
                _target.Add(cell, _rdfRest, _rdfNil, position, position);
                return first;
            }

            var next = _target.NewBlankNode();
            _target.Add(cell, _rdfRest, next, position, position);
            cell = next;
        }
    }

    // [36] AnnotationData, [58] AnnotationTemplate, [72] AnnotationPattern
    private void Annotation(PatternTerm subject, IReadOnlyList<PathStep> path, PatternTerm @object)
    {
        var reifier = default(PatternTerm);
        while (_token.Kind is TokenKind.Tilde or TokenKind.OpenAnnotation)
        {
            if (path.Count != 1 || path[0].IsInverse)
                throw Error(_token, DiagnosticCodes.UnexpectedToken,
                    "A path cannot be annotated: it is no single triple. Write its triples out.");
            var position = At(_token);
            if (_token.Kind == TokenKind.Tilde)
            {
                reifier = Reifier();
                AddReification(reifier, subject, path[0].Predicate, @object, position);
            }
            else
            {
                if (reifier is null)
                {
                    reifier = _target.NewBlankNode();
                    AddReification(reifier, subject, path[0].Predicate, @object, position);
                }

                AnnotationBlock(reifier);
                reifier = null;
            }
        }
    }

    // [37] AnnotationBlockData, [59] AnnotationBlockTemplate, [73] AnnotationBlockPattern
    private void AnnotationBlock(PatternTerm reifier)
    {
        Enter();
        Advance();
        PropertyListNotEmpty(reifier);
        Expect(TokenKind.CloseAnnotation, "',', ';' or |} to end the annotation");
        Leave();
    }

    // [38] ReifierData, [39] ReifierIdData, [75] Reifier, [76] ReifierId
    private PatternTerm Reifier()
    {
        Advance();
        if (_token.Kind == TokenKind.Variable) return VariableTerm();
        if (StartsIri) return IriConstant("a reifier");
        return _token.Kind is TokenKind.BlankNodeLabel or TokenKind.Anon ? BlankNodeTerm() : _target.NewBlankNode();
    }

    // [41] ReifiedTripleData, [77] ReifiedTriple
    private PatternTerm ReifiedTriple()
    {
        Enter();
        var position = At(_token);
        Advance();
        var subject = ReifiedTripleNode("the subject of a reified triple");
        var predicate = Verb();
        var @object = ReifiedTripleNode("the object of a reified triple");
        var reifier = _token.Kind == TokenKind.Tilde ? Reifier() : _target.NewBlankNode();
        Expect(TokenKind.CloseReifiedTriple, ">> to end the reified triple");
        AddReification(reifier, subject, predicate, @object, position);
        Leave();
        return reifier;
    }

    // [42] and [43], [78] and [79]: subject and object allow the same
    private PatternTerm ReifiedTripleNode(string what)
    {
        if (_token.Kind == TokenKind.OpenReifiedTriple) return ReifiedTriple();
        return _token.Kind == TokenKind.Nil ? throw Unexpected(what + " (not a list)") : VarOrRdfTerm(what);
    }

    // [44] TripleTermData, [80] TripleTerm
    private PatternTerm TripleTerm()
    {
        Enter();
        Advance();
        var subject = TripleTermNode("the subject of a triple term");
        var position = At(_token);
        var predicate = Verb();
        var @object = TripleTermNode("the object of a triple term");
        Expect(TokenKind.CloseTripleTerm, ")>> to end the triple term");
        Leave();
        return MakeTripleTerm(subject, predicate, @object, position);
    }

    // [45] and [46], [81] and [82]
    private PatternTerm TripleTermNode(string what) =>
        _token.Kind == TokenKind.Nil ? throw Unexpected(what + " (not a list)") : VarOrRdfTerm(what);

    // [29] VerbData, [83] Verb
    private PatternTerm Verb()
    {
        if (_token.Kind == TokenKind.Variable) return VariableTerm();
        if (AcceptA()) return _rdfType;
        return IriConstant("a predicate: an IRI, a variable or a");
    }

    private bool StartsVerb =>
        StartsIri || IsA || _token.Kind == TokenKind.Variable
        || (_target.AllowsPaths && _token.Kind is TokenKind.Caret or TokenKind.OpenParenthesis);

    // VerbPath | Var in bodies, a verb elsewhere
    private IReadOnlyList<PathStep> VerbOrPath()
    {
        if (_target.AllowsPaths && _token.Kind != TokenKind.Variable) return Path();
        var position = At(_token);
        PathStep[] step = [new PathStep(Verb(), IsInverse: false, position)];
        if (_token.Kind == TokenKind.Slash)
            throw Unexpected("an object (a path can stand only in a rule's body; give each of its triples here)");
        return step;
    }

    // [84] VerbPath, [85] Path, [86] PathSequence
    private List<PathStep> Path()
    {
        var steps = new List<PathStep>(1);
        do PathEltOrInverse(steps);
        while (Accept(TokenKind.Slash));
        return steps;
    }

    // [87]; the inverse of a sequence is the reversed sequence of the inverses
    private void PathEltOrInverse(List<PathStep> steps)
    {
        if (!Accept(TokenKind.Caret))
        {
            PathElt(steps);
            return;
        }

        var start = steps.Count;
        PathElt(steps);
        steps.Reverse(start, steps.Count - start);
        for (var i = start; i < steps.Count; i++) steps[i] = steps[i] with { IsInverse = !steps[i].IsInverse };
    }

    // [88]
    private void PathElt(List<PathStep> steps)
    {
        var position = At(_token);
        if (Accept(TokenKind.OpenParenthesis))
        {
            Enter();
            steps.AddRange(Path());
            Expect(TokenKind.CloseParenthesis, "/ or ) to end the path");
            Leave();
            return;
        }

        var predicate = AcceptA() ? _rdfType
            : IriConstant("a predicate: an IRI, a variable, a, or a path");
        if (_token.Kind is TokenKind.Star or TokenKind.Plus or TokenKind.Or)
            throw Unexpected(
                "/, ^ or an object (SRL has no path operators *, +, ? or |; write recursion or alternatives as rules)");
        steps.Add(new PathStep(predicate, IsInverse: false, position));
    }

    private void AddPath(
        PatternTerm subject, IReadOnlyList<PathStep> path, PatternTerm @object, SourcePosition objectPosition)
    {
        var from = subject;
        for (var i = 0; i < path.Count; i++)
        {
            var step = path[i];
            var to = i == path.Count - 1 ? @object : ((BodyTarget)_target).NewPathVariable();
            if (step.IsInverse) _target.Add(to, step.Predicate, from, step.Position, objectPosition);
            else _target.Add(from, step.Predicate, to, step.Position, objectPosition);
            from = to;
        }
    }

    private void AddReification(
        PatternTerm reifier, PatternTerm subject, PatternTerm predicate, PatternTerm @object,
            SourcePosition position) =>
        _target.Add(reifier, _rdfReifies, MakeTripleTerm(subject, predicate, @object, position), position, position);

    // A triple term is a constant where all of it is known: always in data, never with a blank node of a head in it.
    private PatternTerm MakeTripleTerm(
        PatternTerm subject, PatternTerm predicate, PatternTerm @object, SourcePosition position)
    {
        if (IsKnown(subject, out var s) && IsKnown(predicate, out var p) && IsKnown(@object, out var o))
            return new ConstantTerm(new TripleTerm(new Triple(s, p, o)));
        return new TripleTermPattern(new TriplePattern(subject, predicate, @object, position));
    }

    private bool IsKnown(PatternTerm term, out Term known)
    {
        known = (term as ConstantTerm)?.Term!;
        return known is not null && (known is not BlankNode || !_target.AllowsVariables);
    }
}
