using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>One failure to meet a shape (SHACL, section 3.6.2).</summary>
public sealed class ValidationResult
{
    internal ValidationResult(PropertyPath? path) => PathExpression = path;

    /// <summary>The node that was validated.</summary>
    public required Term FocusNode { get; init; }

    /// <summary>The path as N-Triples of a property, or a short text of a longer path; null for a node shape.</summary>
    public string? Path { get; init; }

    /// <summary>The value at fault, or null where a value is missing or there are too many.</summary>
    public Term? Value { get; init; }

    /// <summary>The shape that is not met.</summary>
    public required Term SourceShape { get; init; }

    /// <summary>The constraint component, such as sh:MinCountConstraintComponent.</summary>
    public required Iri Component { get; init; }

    /// <summary>sh:Violation, sh:Warning, sh:Info, or the shape author's own.</summary>
    public required Iri Severity { get; init; }

    /// <summary>The shape's messages, or one that says what is wrong.</summary>
    public required IReadOnlyList<Literal> Messages { get; init; }

    /// <summary>Where the shape is written, if known.</summary>
    public FactSource? ShapeSource { get; init; }

    /// <summary>Where the fact at fault comes from: line, row or request. Null where there is none, or it was derived.</summary>
    public FactSource? ValueSource { get; init; }

    internal PropertyPath? PathExpression { get; }

    /// <summary>The first message.</summary>
    public string Message => Messages[0].LexicalForm;

    /// <summary><c>request:3: violation: focus path: message (shape)</c>.</summary>
    public override string ToString()
    {
        var source = ValueSource is { } s ? $"{s}: " : "";
        var severity = Severity.Value[(Severity.Value.LastIndexOfAny(['#', '/']) + 1)..].ToLowerInvariant();
        return $"{source}{severity}: {FocusNode}{(Path is null ? "" : " " + Path)}: {Message} (shape {SourceShape}{(ShapeSource is { } at ? $" at {at}" : "")})";
    }
}
