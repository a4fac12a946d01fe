namespace Reasoner.Rdf;

/// <summary>A blank node. Its label has meaning only inside the graph that it stands in.</summary>
/// <param name="label">The label, without the leading <c>_:</c>.</param>
public sealed class BlankNode(string label) : Term
{
    /// <summary>The label, without the leading <c>_:</c>.</summary>
    public string Label { get; } = label;

    /// <inheritdoc />
    public override TermKind Kind => TermKind.BlankNode;

    /// <inheritdoc />
    public override bool Equals(Term? other) => other is BlankNode node && node.Label == Label;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(TermKind.BlankNode, Label);

    private protected override int CompareToSameKind(Term other) =>
        string.CompareOrdinal(Label, ((BlankNode)other).Label);

    /// <inheritdoc />
    public override string ToString() => CanonicalNTriples.Write(this);
}
