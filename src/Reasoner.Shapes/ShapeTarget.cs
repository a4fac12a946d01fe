namespace Reasoner.Shapes;

/// <summary>The ways in which a shape says what it is about.</summary>
internal enum TargetKind : byte
{
    Node,
    Class,
    SubjectsOf,
    ObjectsOf,
}

/// <summary>What a shape is about.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Kind">The kind of target.</param>
/// <param name="Term">The node, class or property.</param>
internal readonly record struct ShapeTarget(Shape Shape, TargetKind Kind, int Term);
