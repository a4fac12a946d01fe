namespace Reasoner.Shapes;

/// <summary>sh:node (SHACL, section 4.7.1).</summary>
internal sealed class NodeConstraint(Shape shape) : ValueConstraint("Node")
{
    private protected override bool IsMet(in Focus focus, int value) => focus.Run.Conforms(shape, value);

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} does not meet {shape.Node}";
}

/// <summary>sh:property (SHACL, section 4.7.2): the property shape reports for itself.</summary>
internal sealed class PropertyConstraint(Shape shape) : Constraint("PropertyShape")
{
    /// <summary>The property shape.</summary>
    public Shape Shape { get; } = shape;

    public override bool Check(in Focus focus)
    {
        var conforms = true;
        foreach (var value in focus.Values)
        {
            conforms &= focus.Run.Validate(Shape, value, focus.Results);
            if (!conforms && focus.IsSilent) return false;
        }

        return conforms;
    }
}

/// <summary>sh:qualifiedMinCount and sh:qualifiedMaxCount (SHACL, section 4.7.3).</summary>
internal sealed class QualifiedConstraint(Shape shape, IReadOnlyList<Shape> siblings, int count, bool isLeast)
    : Constraint(isLeast ? "QualifiedMinCount" : "QualifiedMaxCount")
{
    public override bool Check(in Focus focus)
    {
        var met = 0;
        foreach (var value in focus.Values)
            if (focus.Run.Conforms(shape, value) && !MeetsSibling(focus.Run, value)) met++;
        if (isLeast ? met >= count : met <= count) return true;
        focus.Report(this, 0, $"has {met} values that meet {shape.Node}; {(isLeast ? "at least" : "at most")} {count} {(count == 1 ? "is" : "are")} expected");
        return false;
    }

    private bool MeetsSibling(ValidationRun run, int value)
    {
        foreach (var sibling in siblings)
            if (run.Conforms(sibling, value)) return true;
        return false;
    }
}
