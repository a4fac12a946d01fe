using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Writes constant terms as SRL does: prefixed names where a namespace fits, plain numbers and
/// booleans.</summary>
/// <param name="prefixes">Prefix to namespace.</param>
internal sealed class NameWriter(IReadOnlyDictionary<string, string> prefixes)
{
    // The longest namespace that fits wins; of equals, the ordinally first prefix.
    private readonly Lazy<(string Prefix, string Namespace)[]> _namespaces = new(() =>
    [
        .. prefixes
            .Where(prefix => prefix.Value.Length > 0)
            .OrderByDescending(prefix => prefix.Value.Length)
            .ThenBy(prefix => prefix.Key, StringComparer.Ordinal)
            .Select(prefix => (prefix.Key, prefix.Value)),
    ]);

    public string Write(Term term) => term switch
    {
        Iri iri => Write(iri),
        Literal literal => Write(literal),
        TripleTerm { Triple: var triple } =>
            $"<<( {Write(triple.Subject)} {WritePredicate(triple.Predicate)} {Write(triple.Object)} )>>",
        _ => term.ToString()!,
    };

    public string WritePredicate(Term term) => term == RdfVocabulary.Type ? "a" : Write(term);

    /// <summary>A rule's name for people.</summary>
    public string WriteRule(Rule rule) => rule.Name is null ? rule.DisplayName : Write(rule.Name);

    private string Write(Iri iri)
    {
        foreach (var (prefix, ns) in _namespaces.Value)
        {
            if (iri.Value.StartsWith(ns, StringComparison.Ordinal) && IsPlainName(iri.Value.AsSpan(ns.Length)))
                return $"{prefix}:{iri.Value.AsSpan(ns.Length)}";
        }

        return iri.ToString();
    }

    private string Write(Literal literal)
    {
        if (literal.Language is not null || literal.Datatype == Xsd.String) return literal.ToString();
        return IsPlain(literal) ? literal.LexicalForm
            : $"{new Literal(literal.LexicalForm)}^^{Write(literal.Datatype)}";
    }

    // A name that needs no escape.
    private static bool IsPlainName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return true;
        if (!NameCharacters.IsStart(name[0]) || name[^1] == '.') return false;
        foreach (var c in name)
        {
            if (!NameCharacters.IsPart(c) && c != '.') return false;
        }

        return true;
    }

    // Whether the bare lexical form reads back as the same literal.
    private static bool IsPlain(Literal literal)
    {
        var form = literal.LexicalForm;
        if (literal.Datatype == Xsd.Boolean) return form is "true" or "false";
        if (form.Length == 0 || !(char.IsAsciiDigit(form[^1]))) return false;
        var kind = literal.Datatype == Xsd.Integer ? TokenKind.Integer
            : literal.Datatype == Xsd.Decimal ? TokenKind.Decimal
            : literal.Datatype == Xsd.Double ? TokenKind.Double
            : TokenKind.End;
        if (kind == TokenKind.End || !(char.IsAsciiDigit(form[0]) || form[0] is '+' or '-' or '.')) return false;
        var token = new SrlTokenizer(form, "").Next();
        return token.Kind == kind && token.End == form.Length;
    }
}
