using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Finds bodies that fall apart into groups that share no variable: each solution of one is combined with each of the other.
/// A filter, a SET or a NOT that mentions both joins them; so does a pattern that starts at a constant, for it looks something
/// up, such as a limit, and a SELECT without GROUP BY, which has one row. The body of a SELECT is looked at by itself.
/// </summary>
internal sealed class JoinCheck(Findings findings)
{
    public void Check(Rule rule)
    {
        Check(rule, rule.Body);
        foreach (var select in rule.Body.OfType<SubSelectElement>()) Check(rule, select.Inner);
    }

    private void Check(Rule rule, ImmutableArray<BodyElement> body)
    {
        var parts = body.Where(element => element is PatternElement or SubSelectElement && element.BoundVariables().Any()).ToList();
        if (parts.Count < 2) return;
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in body) Join(groups, element.Variables());

        var first = parts.Find(part => !LooksUp(part));
        if (first is null) return;
        var lookedUp = parts.Where(LooksUp).Select(part => RootOf(groups, part)).ToHashSet(StringComparer.Ordinal);
        if (lookedUp.Contains(RootOf(groups, first))) first = parts.Find(part => !lookedUp.Contains(RootOf(groups, part)));
        if (first is null) return;
        var root = RootOf(groups, first);
        var other = parts.Find(part => RootOf(groups, part) is var next && next != root && !lookedUp.Contains(next));
        if (other is null) return;
        findings.Warn(PositionOf(other), DiagnosticCodes.DisconnectedBody,
            $"{Findings.Capital(Write(other))} shares no variable with {Write(first)} at {PositionOf(first)}, so {findings.This(rule)} combines every match of the one with every match of the other; join the two by a pattern or a filter, or make two rules.");
    }

    private string Write(BodyElement part) => part is PatternElement { Pattern: var pattern } ? $"{{ {findings.Write(pattern)} }}" : "the SELECT";

    private static SourcePosition PositionOf(BodyElement part) => part is PatternElement { Pattern: var pattern } ? pattern.Position : part.Position;

    private static bool LooksUp(BodyElement part) => part switch
    {
        PatternElement { Pattern: var pattern } => pattern.Subject is ConstantTerm && pattern.Predicate is ConstantTerm,
        SubSelectElement select => select.GroupBy.IsEmpty,
        _ => false,
    };

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

    private static string RootOf(Dictionary<string, string> groups, BodyElement part) => Root(groups, part.BoundVariables().First());

    // Rules have few variables: chains stay short.
    private static string Root(Dictionary<string, string> groups, string name)
    {
        while (groups.TryGetValue(name, out var next) && next != name) name = next;
        return name;
    }
}
