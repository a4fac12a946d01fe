namespace Reasoner.Rules;

/// <summary>
/// Finds bodies whose patterns fall apart into groups that share no variable: each solution of one is combined with each of
/// the other. A filter, a SET or a NOT that mentions both joins them; so does a pattern that starts at a constant, for it
/// looks something up, such as a limit.
/// </summary>
internal sealed class JoinCheck(Findings findings)
{
    public void Check(Rule rule)
    {
        var patterns = rule.Body.OfType<PatternElement>().Select(element => element.Pattern).Where(pattern => pattern.Variables.Any()).ToList();
        if (patterns.Count < 2) return;
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in rule.Body) Join(groups, element.Variables());

        var first = patterns.Find(pattern => !StartsAtConstant(pattern));
        if (first is null) return;
        var lookedUp = patterns.Where(StartsAtConstant).Select(pattern => Root(groups, pattern.Variables.First())).ToHashSet(StringComparer.Ordinal);
        if (lookedUp.Contains(Root(groups, first.Variables.First())))
            first = patterns.Find(pattern => !lookedUp.Contains(Root(groups, pattern.Variables.First())));
        if (first is null) return;
        var root = Root(groups, first.Variables.First());
        var other = patterns.Find(pattern => Root(groups, pattern.Variables.First()) is var next && next != root && !lookedUp.Contains(next));
        if (other is null) return;
        findings.Warn(other.Position, DiagnosticCodes.DisconnectedBody,
            $"{{ {findings.Write(other)} }} shares no variable with {{ {findings.Write(first)} }} at {first.Position}, so {findings.This(rule)} combines every match of the one with every match of the other; join the two by a pattern or a filter, or make two rules.");
    }

    private static bool StartsAtConstant(TriplePattern pattern) => pattern.Subject is ConstantTerm && pattern.Predicate is ConstantTerm;

    private static void Join(Dictionary<string, string> groups, IEnumerable<string> names)
    {
        string? before = null;
        foreach (var name in names)
        {
            var root = Root(groups, name);
            if (before is not null) groups[root] = before;
            before = Root(groups, name);
        }
    }

    // Rules have few variables: chains stay short.
    private static string Root(Dictionary<string, string> groups, string name)
    {
        while (groups.TryGetValue(name, out var next) && next != name) name = next;
        return name;
    }
}
