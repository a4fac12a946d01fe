namespace Reasoner.Shapes;

/// <summary>A shape is ill-formed; becomes a diagnostic at the shape's position.</summary>
internal sealed class ShapeFormatException(string problem) : Exception(problem);
