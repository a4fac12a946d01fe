namespace Reasoner.Shapes;

/// <summary>sh:closed with sh:ignoredProperties (SHACL, section 4.8.1).</summary>
internal sealed class ClosedConstraint(IReadOnlySet<int> allowed) : Constraint("Closed")
{
    public override bool Check(in Focus focus)
    {
        var conforms = true;
        foreach (var value in focus.Values)
        {
            foreach (var predicate in focus.Run.Predicates)
            {
                if (allowed.Contains(predicate)) continue;
                foreach (var fact in focus.Run.Graph.Match(value, predicate))
                {
                    if (focus.IsSilent) return false;
                    focus.Report(this, fact.Object, $"{focus.Text(predicate)} is not allowed here", new PredicatePath(predicate), fact);
                    conforms = false;
                }
            }
        }

        return conforms;
    }
}

/// <summary>sh:hasValue (SHACL, section 4.8.2).</summary>
internal sealed class HasValueConstraint(int expected) : Constraint("HasValue")
{
    public override bool Check(in Focus focus)
    {
        if (focus.Values.Contains(expected)) return true;
        focus.Report(this, 0, $"lacks the value {focus.Text(expected)}");
        return false;
    }
}

/// <summary>sh:in (SHACL, section 4.8.3).</summary>
internal sealed class InConstraint(IReadOnlySet<int> allowed) : ValueConstraint("In")
{
    private protected override bool IsMet(in Focus focus, int value) => allowed.Contains(value);

    private protected override string Explain(in Focus focus, int value) => $"{focus.Text(value)} is not one of the {allowed.Count} allowed values";
}
