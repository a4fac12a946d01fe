using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>sh:class (SHACL, section 4.1.1).</summary>
internal sealed class ClassConstraint(int @class) : ValueConstraint("Class")
{
    private protected override bool IsMet(in Focus focus, int value) => focus.Run.IsInstance(value, @class);

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} is not a {focus.Text(@class)}";
}

/// <summary>sh:datatype (SHACL, section 4.1.2): the datatype, and a lexical form that is valid in it.</summary>
/// <param name="datatype">The datatype.</param>
/// <param name="id">Its id in the data's dictionary.</param>
internal sealed class DatatypeConstraint(Iri datatype, int id) : ValueConstraint("Datatype")
{
    // The dictionary gives 0 for xsd:string, and no datatype for strings with a language, which have one all the same.
    private readonly int _id = datatype.Equals(Xsd.String) ? 0 : id;
    private readonly bool _isKnown = Value.KindOf(datatype) != ValueKind.Opaque;

    private protected override bool IsMet(in Focus focus, int value)
    {
        var terms = focus.Run.Graph.Terms;
        return terms.TryGetLiteral(value, out var found, out var language, out _)
            && (language == 0 ? found == _id : ((Literal)terms[value]).Datatype.Equals(datatype))
            && !(_isKnown && terms.ValueOf(value).Kind == ValueKind.Opaque);
    }

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} is not a valid {datatype}";
}

/// <summary>sh:nodeKind (SHACL, section 4.1.3).</summary>
internal sealed class NodeKindConstraint(string kind) : ValueConstraint("NodeKind")
{
    /// <summary>The local names of the node kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"];

    private readonly bool _iri = kind is "IRI" or "BlankNodeOrIRI" or "IRIOrLiteral";
    private readonly bool _blankNode = kind is "BlankNode" or "BlankNodeOrIRI" or "BlankNodeOrLiteral";
    private readonly bool _literal = kind is "Literal" or "BlankNodeOrLiteral" or "IRIOrLiteral";

    private protected override bool IsMet(in Focus focus, int value) => focus.Run.Graph.Terms.KindOf(value) switch
    {
        TermKind.Iri => _iri,
        TermKind.BlankNode => _blankNode,
        TermKind.Literal => _literal,
        _ => false,
    };

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} is not of node kind {kind}";
}
