namespace Reasoner.Experts;

/// <summary>Between which bounds a figure would fall in 95 % of samples like this one.</summary>
/// <param name="Lower">The lower bound, in the figure's own unit.</param>
/// <param name="Upper">The upper bound.</param>
public sealed record Interval(double Lower, double Upper);
