using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>A compiled node shape or property shape.</summary>
internal sealed class Shape
{
    public required Term Node { get; init; }

    /// <summary>The path to the value nodes; null for a node shape.</summary>
    public PropertyPath? Path { get; set; }

    public Iri Severity { get; set; } = ShaclVocabulary.Violation;

    public IReadOnlyList<Literal> Messages { get; set; } = [];

    public bool IsDeactivated { get; set; }

    public List<Constraint> Constraints { get; } = [];

    /// <summary>Where the shape is written, if known.</summary>
    public FactSource? Source { get; set; }
}
