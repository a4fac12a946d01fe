using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>sh:minInclusive and its kin (SHACL, section 4.3).</summary>
internal sealed class RangeConstraint(Value bound, bool isLeast, bool isInclusive)
    : ValueConstraint((isLeast ? "Min" : "Max") + (isInclusive ? "Inclusive" : "Exclusive"))
{
    private protected override bool IsMet(in Focus focus, int value)
    {
        var order = TermOrder.Compare(focus.Run.Graph.Terms.ValueOf(value), bound);
        return order == (isLeast ? ValueOrder.Greater : ValueOrder.Less) || (isInclusive && order == ValueOrder.Equal);
    }

    private protected override string Explain(in Focus focus, int value)
    {
        var relation = (isLeast, isInclusive) switch
        {
            (true, true) => "at least",
            (true, false) => "more than",
            (false, true) => "at most",
            _ => "less than",
        };
        return $"{focus.Text(value)} is not {relation} {bound.LexicalForm}";
    }
}
