namespace Reasoner.Shapes;

/// <summary>sh:not (SHACL, section 4.6.1).</summary>
internal sealed class NotConstraint(Shape shape) : ValueConstraint("Not")
{
    private protected override bool IsMet(in Focus focus, int value) => !focus.Run.Conforms(shape, value);

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} meets {shape.Node}, which it must not";
}

/// <summary>How the shapes of a logical constraint go together.</summary>
internal enum Combination : byte
{
    And,
    Or,
    Xone,
}

/// <summary>sh:and, sh:or and sh:xone (SHACL, sections 4.6.2 to 4.6.4): how many of the shapes a value node meets.</summary>
internal sealed class CombinationConstraint(Combination combination, IReadOnlyList<Shape> shapes) : ValueConstraint(NameOf(combination))
{
    private protected override bool IsMet(in Focus focus, int value)
    {
        var met = 0;
        foreach (var shape in shapes)
        {
            if (!focus.Run.Conforms(shape, value)) continue;
            met++;
        }

        return combination switch
        {
            Combination.And => met == shapes.Count,
            Combination.Or => met > 0,
            _ => met == 1,
        };
    }

    private protected override string Explain(in Focus focus, int value) => combination switch
    {
        Combination.And => $"{focus.Text(value)} does not meet all of {shapes.Count} shapes",
        Combination.Or => $"{focus.Text(value)} meets none of {shapes.Count} shapes",
        _ => $"{focus.Text(value)} does not meet exactly one of {shapes.Count} shapes",
    };

    private static string NameOf(Combination combination) => combination.ToString();
}
