using Reasoner.Knowledge;

namespace Reasoner.Shapes;

/// <summary>A focus node under a shape, with its value nodes: what a constraint sees.</summary>
/// <param name="Run">The validation.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Node">The focus node.</param>
/// <param name="Values">The value nodes.</param>
/// <param name="Results">Receives what fails; null where only the verdict counts.</param>
internal readonly record struct Focus(ValidationRun Run, Shape Shape, int Node, NodeSet Values, List<ValidationResult>? Results)
{
    /// <summary>Whether only the verdict counts, so that the first failure settles it.</summary>
    public bool IsSilent => Results is null;

    /// <summary>A term for a message.</summary>
    public string Text(int term) => Run.Graph.Terms[term].ToString()!;

    /// <summary>Reports a failure.</summary>
    /// <param name="constraint">The constraint that is not met.</param>
    /// <param name="value">The value node that fails; 0 for none.</param>
    /// <param name="problem">What is wrong, for people.</param>
    /// <param name="path">The path, where it is not the shape's own.</param>
    /// <param name="fact">The fact at fault, where it is not the one that the shape's path finds.</param>
    public void Report(Constraint constraint, int value, string problem, PropertyPath? path = null, Fact? fact = null) =>
        Run.Report(this, constraint, value, problem, path, fact);
}
