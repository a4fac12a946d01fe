using Reasoner.Inference;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>Why a fact does not hold, for people: the nearest rule first, under each what stops it and what would help.</summary>
internal sealed class WhyNotText(Notation notation, TextWriter output)
{
    /// <summary>Writes a report.</summary>
    public void Write(WhyNotReport report)
    {
        output.WriteLine($"{notation.Write(report.Fact)} does not hold.");
        foreach (var miss in report.NearMisses) output.WriteLine(miss.Describe(notation.Prefixes));
        if (report.Rules.IsEmpty) output.WriteLine("The data does not state it, and no rule has a head that could give it.");
        foreach (var attempt in report.Rules) Write(attempt, "", "could give it, but");
    }

    // As deep as the report is, which is little.
    private void Write(FailedRule attempt, string indent, string verb)
    {
        var label = RuleLabel.Of(attempt.Rule, notation);
        if (attempt.Obstacles.IsEmpty)
        {
            output.WriteLine($"{indent}- {label} {verb} where its body holds, it gives other facts.");
            return;
        }

        for (var i = 0; i < attempt.Obstacles.Length; i++)
        {
            var obstacle = attempt.Obstacles[i];
            var lead = i == 0 ? $"{indent}- {label} {verb}" : $"{indent}  and";
            output.WriteLine($"{lead} {obstacle.Describe(notation.Prefixes)} ({obstacle.Element.Position}).");
            foreach (var nested in obstacle.Because) Write(nested, indent + "    ", "could give that, but");
        }

        if (!attempt.IsComplete) output.WriteLine($"{indent}  There is too much to try: more of the rule may fail.");
        if (Known(attempt) is { Length: > 0 } known) output.WriteLine($"{indent}  With {known}.");
        if (attempt.MissingFacts.IsEmpty) return;
        var missing = string.Join(" . ", attempt.MissingFacts.Select(notation.Write));
        output.WriteLine($"{indent}  {Effect(attempt.Effect)}: {missing}");
    }

    private string Known(FailedRule attempt) => string.Join(", ", attempt.Bindings
        .Where(binding => !new Variable(binding.Variable).IsHidden)
        .Select(binding => $"?{binding.Variable} = {notation.Write(binding.Value)}"));

    private static string Effect(AssertionEffect effect) => effect switch
    {
        AssertionEffect.Follows => "It would follow if this were stated",
        AssertionEffect.MayFollow => "It might follow if this were stated",
        _ => "It lacks this, and would not follow by that alone",
    };
}
