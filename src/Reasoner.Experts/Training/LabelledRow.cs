namespace Reasoner.Experts;

/// <summary>A past case: what was known, and the answer that proved right.</summary>
/// <param name="Row">The case's feature values.</param>
/// <param name="Label">The answer: the text of its IRI.</param>
public sealed record LabelledRow(FeatureRow Row, string Label);
