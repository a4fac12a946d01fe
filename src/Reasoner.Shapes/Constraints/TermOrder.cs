using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>The order by which SHACL compares values.</summary>
internal static class TermOrder
{
    /// <summary>
    /// How one value stands to another. A time with an offset and one without cannot be compared: SHACL, unlike a SPARQL
    /// query, is evaluated without an implicit time zone.
    /// </summary>
    public static ValueOrder Compare(in Value left, in Value right) =>
        left.TryGetTime(out var first) && right.TryGetTime(out var second) && first.OffsetMinutes is null != second.OffsetMinutes is null
            ? ValueOrder.Incomparable
            : Value.Compare(left, right);
}
