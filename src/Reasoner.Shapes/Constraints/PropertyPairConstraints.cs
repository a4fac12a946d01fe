using Reasoner.Rdf;

namespace Reasoner.Shapes;

/// <summary>sh:equals (SHACL, section 4.5.1).</summary>
internal sealed class EqualsConstraint(int property) : Constraint("Equals")
{
    public override bool Check(in Focus focus)
    {
        var others = new NodeSet();
        foreach (var other in focus.Run.Graph.ObjectsOf(focus.Node, property)) others.Add(other);
        var conforms = true;
        foreach (var value in focus.Values)
        {
            if (others.Contains(value)) continue;
            if (focus.IsSilent) return false;
            focus.Report(this, value, $"{focus.Text(value)} is not a value of {focus.Text(property)} too");
            conforms = false;
        }

        foreach (var other in others)
        {
            if (focus.Values.Contains(other)) continue;
            if (focus.IsSilent) return false;
            focus.Report(this, other, $"lacks {focus.Text(other)}, a value of {focus.Text(property)}");
            conforms = false;
        }

        return conforms;
    }
}

/// <summary>sh:disjoint (SHACL, section 4.5.2).</summary>
internal sealed class DisjointConstraint(int property) : ValueConstraint("Disjoint")
{
    private protected override bool IsMet(in Focus focus, int value) => !focus.Run.Graph.Contains(focus.Node, property, value);

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} is a value of {focus.Text(property)} too";
}

/// <summary>sh:lessThan and sh:lessThanOrEquals (SHACL, sections 4.5.3 and 4.5.4): one result for each pair that fails.</summary>
internal sealed class LessThanConstraint(int property, bool orEquals) : Constraint(orEquals ? "LessThanOrEquals" : "LessThan")
{
    public override bool Check(in Focus focus)
    {
        var terms = focus.Run.Graph.Terms;
        var conforms = true;
        foreach (var other in focus.Run.Graph.ObjectsOf(focus.Node, property))
        {
            foreach (var value in focus.Values)
            {
                var order = TermOrder.Compare(terms.ValueOf(value), terms.ValueOf(other));
                if (order == ValueOrder.Less || (orEquals && order == ValueOrder.Equal)) continue;
                if (focus.IsSilent) return false;
                focus.Report(this, value, $"{focus.Text(value)} is not less than {(orEquals ? "or equal to " : "")}{focus.Text(other)}, the value of {focus.Text(property)}");
                conforms = false;
            }
        }

        return conforms;
    }
}
