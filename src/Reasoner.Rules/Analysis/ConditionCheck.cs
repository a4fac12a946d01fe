using System.Collections.Immutable;

namespace Reasoner.Rules;

/// <summary>
/// Finds filters that cannot be true, alone or beside the others, filters that cannot be false, and NOTs likewise; those of a
/// SELECT by themselves, for it does not see what stands around it.
/// </summary>
internal sealed class ConditionCheck(Findings findings)
{
    /// <summary>Checks a rule; false where its conditions exclude each other, so that it never fires.</summary>
    public bool Check(Rule rule)
    {
        var isPossible = Check(rule, rule.Body, rule.MatchesDataOnly, $"{findings.This(rule)} never fires");
        foreach (var select in rule.Body.OfType<SubSelectElement>())
        {
            // Without solutions there are no groups; without GROUP BY there is one of nothing.
            var consequence = select.GroupBy.IsEmpty ? $"the SELECT in {findings.This(rule)} aggregates nothing" : $"{findings.This(rule)} never fires";
            if (!Check(rule, select.Inner, rule.MatchesDataOnly || select.MatchesDataOnly, consequence) && !select.GroupBy.IsEmpty) isPossible = false;
        }

        return isPossible;
    }

    private bool Check(Rule rule, ImmutableArray<BodyElement> body, bool dataOnly, string consequence)
    {
        if (!body.Any(element => element is FilterElement or NegationElement)) return true;
        if (RuleConditions.Of(body) is not { } conditions) return true;
        if (!CheckFilters(conditions, consequence)) return false;
        CheckRedundant(rule, conditions);
        var isPossible = true;
        foreach (var element in body)
            if (element is NegationElement negation && !CheckNegation(rule, body, negation, dataOnly, consequence)) isPossible = false;
        return isPossible;
    }

    private bool CheckFilters(RuleConditions conditions, string consequence)
    {
        for (var i = 0; i < conditions.Filters.Count; i++)
        {
            if (conditions.MayHold(conditions.Filters.Take(i + 1))) continue;
            var filter = conditions.Filters[i];
            var needed = Needed(conditions, i);
            var others = needed.Count == 0 ? "" : $" together with {string.Join(" and ", needed.Select(other => $"{Write(other)} at {other.Position}"))}";
            findings.Warn(filter.Position, DiagnosticCodes.UnsatisfiableFilter,
                $"{Write(filter)} is never true{others}, so {consequence}; {Advice(needed.Count)}.");
            return false;
        }

        return true;
    }

    private static string Advice(int others) => others == 0
        ? "compare with a value of the type that it can have, within the limits that it can have"
        : "change one of the limits, or split the rule";

    /// <summary>The filters before the one at fault without which it could be true: as few as leaving out one after the other finds.</summary>
    private static List<FilterElement> Needed(RuleConditions conditions, int last)
    {
        var needed = conditions.Filters.Take(last).ToList();
        for (var i = needed.Count - 1; i >= 0; i--)
        {
            var fewer = needed.Where((_, index) => index != i).ToList();
            if (!conditions.MayHold(fewer.Append(conditions.Filters[last]))) needed = fewer;
        }

        return needed;
    }

    // From the last on, so that of two equal filters the later is called needless and the first stays.
    private void CheckRedundant(Rule rule, RuleConditions conditions)
    {
        var left = conditions.Filters.ToList();
        for (var i = left.Count - 1; i >= 0; i--)
        {
            var filter = left[i];
            var others = left.Where((_, index) => index != i).ToList();
            if (!conditions.Imply(others, filter.Expression)) continue;
            left = others;
            var reason = conditions.Imply([], filter.Expression) ? "" : " where the other conditions are";
            findings.Remark(filter.Position, DiagnosticCodes.AlwaysTrue,
                $"{Write(filter)} is always true{reason} in {findings.This(rule)}; leave it out, or check what it compares.");
        }
    }

    private bool CheckNegation(Rule rule, ImmutableArray<BodyElement> body, NegationElement negation, bool dataOnly, string consequence)
    {
        if ((dataOnly || !negation.MatchesDataOnly) && RuleSubsumption.Covers(negation.Inner, Before(body, negation)))
        {
            findings.Warn(negation.Position, DiagnosticCodes.NeverFires,
                $"{Findings.Capital(consequence)}: this NOT excludes what the patterns before it require; take one of the two away.");
            return false;
        }

        var inner = Before(body, negation).AddRange(negation.Inner);
        if (negation.Inner.Any(element => element is FilterElement) && RuleConditions.Of(inner) is { } conditions && !conditions.MayHold(conditions.Filters))
        {
            findings.Remark(negation.Position, DiagnosticCodes.AlwaysTrue,
                $"This NOT is always true in {findings.This(rule)}: the conditions inside it can never be met; leave it out, or change them.");
        }

        return true;
    }

    private static ImmutableArray<BodyElement> Before(ImmutableArray<BodyElement> body, BodyElement end) =>
        [.. body.TakeWhile(element => !ReferenceEquals(element, end))];

    private string Write(FilterElement filter) => $"FILTER({findings.Write(filter.Expression)})";
}
