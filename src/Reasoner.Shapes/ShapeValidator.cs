using Reasoner.Knowledge;

namespace Reasoner.Shapes;

/// <summary>Validates graphs against shapes by SHACL Core.</summary>
/// <param name="shapes">The compiled shapes.</param>
public sealed class ShapeValidator(ShapeSet shapes)
{
    /// <summary>Validates a graph. Threads may share the validator, not the graph unless it is frozen.</summary>
    /// <param name="data">The graph; its dictionary is the one that the shapes were compiled with, or extends it.</param>
    /// <param name="options">How far to go.</param>
    /// <param name="cancellation">Stops the validation.</param>
    /// <exception cref="ArgumentException">The graph's terms are not those that the shapes were compiled with.</exception>
    public ValidationReport Validate(KnowledgeGraph data, ValidationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= ValidationOptions.Default;
        shapes.RequireSameTerms(data.Terms);
        var run = new ValidationRun(shapes, data, options, cancellation);
        return options.Scope == ValidationScope.OwnFacts ? run.OverOwnFacts() : run.OverWholeGraph();
    }
}
