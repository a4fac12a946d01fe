using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Reasoner.Rdf;

namespace Reasoner.Reports;

/// <summary>Writes the provenance of a decision as Turtle and as JSON-LD 1.1.</summary>
internal static class ProvenanceWriter
{
    public static void Turtle(Explanation explanation, TextWriter output, CancellationToken cancellation) =>
        output.Write(TurtleWriter.ToText(ProvenanceGraph.Of(explanation.Record, cancellation), ProvenanceGraph.Prefixes, cancellation));

    public static void JsonLd(Explanation explanation, TextWriter output, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("@context");
            foreach (var (prefix, iri) in ProvenanceGraph.Prefixes) json.WriteString(prefix, iri.Value);
            json.WriteEndObject();
            json.WriteStartArray("@graph");
            foreach (var node in ProvenanceGraph.Of(explanation.Record, cancellation).GroupBy(triple => triple.Subject))
            {
                cancellation.ThrowIfCancellationRequested();
                json.WriteStartObject();
                json.WriteString("@id", IdOf(node.Key));
                foreach (var property in node.GroupBy(triple => triple.Predicate)) Write(json, (Iri)property.Key, [.. property.Select(triple => triple.Object)]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }

    private static void Write(Utf8JsonWriter json, Iri property, List<Term> values)
    {
        var isType = property == RdfVocabulary.Type;
        json.WriteStartArray(isType ? "@type" : Compact(property));
        foreach (var value in values)
        {
            if (isType)
            {
                json.WriteStringValue(Compact((Iri)value));
                continue;
            }

            json.WriteStartObject();
            if (value is Literal literal)
            {
                json.WriteString("@value", literal.LexicalForm);
                if (literal.Language is { } language) json.WriteString("@language", language);
                else if (literal.Datatype != Xsd.String) json.WriteString("@type", Compact(literal.Datatype));
            }
            else
            {
                json.WriteString("@id", IdOf(value));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string IdOf(Term term) => term is Iri iri ? iri.Value : term.ToString()!;

    /// <summary>An IRI by a prefix where the rest is a plain name; else in full.</summary>
    private static string Compact(Iri iri)
    {
        foreach (var (prefix, space) in ProvenanceGraph.Prefixes)
        {
            if (!iri.Value.StartsWith(space.Value, StringComparison.Ordinal)) continue;
            var name = iri.Value[space.Value.Length..];
            if (name.Length > 0 && name.All(char.IsAsciiLetterOrDigit)) return $"{prefix}:{name}";
        }

        return iri.Value;
    }
}
