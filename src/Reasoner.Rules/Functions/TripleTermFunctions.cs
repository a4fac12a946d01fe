using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Functions on triple terms (SPARQL 1.2 Query, 17.4.7).</summary>
internal static class TripleTermFunctions
{
    public static FunctionDefinition[] All =>
    [
        new(Function.Triple, "TRIPLE", 3, 3, static (a, _) => Make(a[0], a[1], a[2])),
        new(Function.Subject, "SUBJECT", 1, 1, static (a, _) => Part(a[0], static triple => triple.Subject)),
        new(Function.Predicate, "PREDICATE", 1, 1, static (a, _) => Part(a[0], static triple => triple.Predicate)),
        new(Function.Object, "OBJECT", 1, 1, static (a, _) => Part(a[0], static triple => triple.Object)),
        new(Function.IsTriple, "isTRIPLE", 1, 1, static (a, _) => Value.FromBoolean(a[0].Kind == ValueKind.TripleTerm)),
    ];

    private static Value Make(in Value subject, in Value predicate, in Value @object)
    {
        if (subject.Kind is not (ValueKind.Iri or ValueKind.BlankNode)) return Value.Error;
        if (predicate.Kind != ValueKind.Iri) return Value.Error;
        return Value.Of(new TripleTerm(new Triple(subject.ToTerm(), predicate.ToTerm(), @object.ToTerm())));
    }

    private static Value Part(in Value value, Func<Triple, Term> part) =>
        value.Kind == ValueKind.TripleTerm ? Value.Of(part(((TripleTerm)value.ToTerm()).Triple)) : Value.Error;
}
