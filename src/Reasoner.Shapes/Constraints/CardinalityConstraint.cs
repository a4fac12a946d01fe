namespace Reasoner.Shapes;

/// <summary>sh:minCount and sh:maxCount (SHACL, section 4.2).</summary>
internal sealed class CardinalityConstraint(int count, bool isLeast) : Constraint(isLeast ? "MinCount" : "MaxCount")
{
    public override bool Check(in Focus focus)
    {
        if (isLeast ? focus.Values.Count >= count : focus.Values.Count <= count) return true;
        focus.Report(this, 0, $"has {focus.Values.Count} values; {(isLeast ? "at least" : "at most")} {count} {(count == 1 ? "is" : "are")} expected");
        return false;
    }
}
