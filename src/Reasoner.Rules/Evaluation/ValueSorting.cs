using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The order of ORDER BY (SPARQL 1.2 Query, 15.1), made total so that a minimum does not depend on the order in which values
/// come: blank nodes, IRIs, literals, triple terms; literals by kind of value, numbers as one kind, then by value as
/// <c>&lt;</c> says; what that does not tell apart, by term.
/// </summary>
public static class ValueSorting
{
    /// <summary>How two values sort; 0 for the same term only. Errors come first.</summary>
    public static int Compare(in Value left, in Value right)
    {
        var byClass = ClassOf(left).CompareTo(ClassOf(right));
        if (byClass != 0) return byClass;
        if (left.IsError) return 0;
        var byValue = left.IsNumeric ? CompareNumbers(left, right) : (int)Value.Compare(left, right) is var order and (-1 or 1) ? order : 0;
        return byValue != 0 ? byValue : left.ToTerm().CompareTo(right.ToTerm());
    }

    /// <summary>
    /// An order for adding numbers: by kind, then by value. Numbers that it does not tell apart add alike.
    /// </summary>
    internal static int CompareForAdding(Value left, Value right) =>
        left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : CompareNumbers(left, right);

    // Values as they are promoted do not compare transitively: two decimals may equal one double and not each other. So
    // numbers compare as doubles first, which keeps the order of all of them, then the exact ones, which come before the others.
    private static int CompareNumbers(in Value left, in Value right)
    {
        left.TryGetDouble(out var a);
        right.TryGetDouble(out var b);
        var byDouble = a.CompareTo(b); // NaN before all
        if (byDouble != 0) return byDouble;
        var (leftExact, rightExact) = (left.Kind <= ValueKind.Decimal, right.Kind <= ValueKind.Decimal);
        if (leftExact != rightExact) return leftExact ? -1 : 1;
        return leftExact ? (int)Value.Compare(left, right) : 0;
    }

    private static int ClassOf(in Value value) => value.Kind switch
    {
        ValueKind.Error => 0,
        ValueKind.BlankNode => 1,
        ValueKind.Iri => 2,
        ValueKind.TripleTerm => int.MaxValue,
        >= ValueKind.Integer and <= ValueKind.Double => (int)ValueKind.Integer + 3,
        _ => (int)value.Kind + 3,
    };
}
