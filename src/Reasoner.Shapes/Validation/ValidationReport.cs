using System.Globalization;
using System.Text.Json;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>The outcome of a validation (SHACL, section 3.6).</summary>
public sealed class ValidationReport
{
    private readonly TermDictionary _terms;

    internal ValidationReport(IReadOnlyList<ValidationResult> results, bool isTruncated, TermDictionary terms) =>
        (Results, IsTruncated, _terms) = (results, isTruncated, terms);

    /// <summary>Whether nothing at all was found.</summary>
    public bool Conforms => Results.Count == 0;

    /// <summary>Whether nothing of severity sh:Violation was found.</summary>
    public bool HasNoViolation => !Results.Any(result => result.Severity.Equals(ShaclVocabulary.Violation));

    /// <summary>What was found, in the order of shapes and focus nodes.</summary>
    public IReadOnlyList<ValidationResult> Results { get; }

    /// <summary>Whether the limit on results ended the validation, so that there may be more.</summary>
    public bool IsTruncated { get; }

    /// <summary>Writes the report as a JSON object: conforms, truncated, results with terms in N-Triples form.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("conforms", Conforms);
        json.WriteBoolean("truncated", IsTruncated);
        json.WriteStartArray("results");
        foreach (var result in Results)
        {
            json.WriteStartObject();
            json.WriteString("focusNode", result.FocusNode.ToString());
            if (result.Path is not null) json.WriteString("path", result.Path);
            if (result.Value is not null) json.WriteString("value", result.Value.ToString());
            json.WriteString("severity", result.Severity.Value);
            json.WriteString("component", result.Component.Value);
            json.WriteString("shape", result.SourceShape.ToString());
            if (result.ShapeSource is { } shape) json.WriteString("shapeSource", shape.ToString());
            if (result.ValueSource is { } value) json.WriteString("valueSource", value.ToString());
            json.WriteStartArray("messages");
            foreach (var message in result.Messages) json.WriteStringValue(message.LexicalForm);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The report in SHACL's own vocabulary, ready to be written in any format of RDF.</summary>
    /// <param name="blankNodeScope">Put before the labels of the report's blank nodes.</param>
    public IReadOnlyList<Triple> ToTriples(string blankNodeScope = "report")
    {
        var triples = new List<Triple>();
        var count = 0;
        var report = Fresh();
        triples.Add(new Triple(report, RdfVocabulary.Type, ShaclVocabulary.Of("ValidationReport")));
        triples.Add(new Triple(report, ShaclVocabulary.Of("conforms"), new Literal(Conforms ? "true" : "false", Xsd.Boolean)));
        foreach (var result in Results)
        {
            var node = Fresh();
            triples.Add(new Triple(report, ShaclVocabulary.Of("result"), node));
            triples.Add(new Triple(node, RdfVocabulary.Type, ShaclVocabulary.Of("ValidationResult")));
            triples.Add(new Triple(node, ShaclVocabulary.Of("focusNode"), result.FocusNode));
            if (result.PathExpression is { } path)
                triples.Add(new Triple(node, ShaclVocabulary.Of("resultPath"), path.Describe(_terms, triples, Fresh)));
            if (result.Value is { } value) triples.Add(new Triple(node, ShaclVocabulary.Of("value"), value));
            triples.Add(new Triple(node, ShaclVocabulary.Of("sourceShape"), result.SourceShape));
            triples.Add(new Triple(node, ShaclVocabulary.Of("sourceConstraintComponent"), result.Component));
            triples.Add(new Triple(node, ShaclVocabulary.Of("resultSeverity"), result.Severity));
            foreach (var message in result.Messages) triples.Add(new Triple(node, ShaclVocabulary.Of("resultMessage"), message));
        }

        return triples;

        BlankNode Fresh() => new(blankNodeScope + (count++).ToString(CultureInfo.InvariantCulture));
    }
}
