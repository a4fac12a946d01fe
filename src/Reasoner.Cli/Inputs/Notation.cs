using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>Triples and terms as people write them: read and shown with the prefixes of the files at hand.</summary>
internal sealed class Notation(IReadOnlyDictionary<string, string> prefixes)
{
    /// <summary>The prefixes.</summary>
    public IReadOnlyDictionary<string, string> Prefixes => prefixes;

    /// <summary>Reads a triple that the user typed: N-Triples, or Turtle with the known prefixes.</summary>
    /// <exception cref="UsageException">It is no triple.</exception>
    public Triple ReadTriple(string text, string option)
    {
        var statement = text.Trim().TrimEnd('.').TrimEnd();
        try
        {
            // N-Triples first: it keeps blank node labels as results show them.
            return Only(RdfDocument.Parse(statement + " .", RdfFormat.NTriples));
        }
        catch (RdfSyntaxException)
        {
            var declarations = string.Concat(prefixes.Select(prefix => $"PREFIX {prefix.Key}: <{prefix.Value}> "));
            try
            {
                return Only(RdfDocument.Parse($"{declarations}\n{statement} .", RdfFormat.Turtle));
            }
            catch (RdfSyntaxException problem)
            {
                throw new UsageException($"{option}, column {problem.Position.Column}: {problem.Problem}");
            }
        }

        Triple Only(RdfDocument document) => document.Triples.Count == 1
            ? document.Triples[0]
            : throw new UsageException($"{option} must be one triple, such as '<urn:a> <urn:b> <urn:c>'.");
    }

    /// <summary>A triple, short.</summary>
    public string Write(Triple triple) =>
        Write(new TriplePattern(new ConstantTerm(triple.Subject), new ConstantTerm(triple.Predicate), new ConstantTerm(triple.Object), default));

    /// <summary>A pattern, short.</summary>
    public string Write(TriplePattern pattern) => RuleText.Write(pattern, prefixes);

    /// <summary>An expression, short.</summary>
    public string Write(Expression expression) => RuleText.Write(expression, prefixes);

    /// <summary>A term, short.</summary>
    public string Write(Term term) => term is BlankNode or TripleTerm
        ? term.ToString()!
        : RuleText.Write(new ConstantExpression(term, default), prefixes);
}
