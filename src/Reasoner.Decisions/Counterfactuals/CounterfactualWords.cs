using System.Globalization;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>How a search for another answer ended, in words that every output shares.</summary>
public static class CounterfactualWords
{
    /// <summary>One or two sentences: what was found among how many, and what that is worth.</summary>
    public static string Outcome(CounterfactualRecord found) => found.Status switch
    {
        CounterfactualStatus.Already => "the decision gives this answer already.",
        CounterfactualStatus.Found when found.Complete => $"{Ways(found.Alternatives.Length)}, the cheapest first. {Looked(found)} No cheaper change that the domain allows leads there.",
        CounterfactualStatus.Found => $"{Ways(found.Alternatives.Length)}, the cheapest first. {Looked(found)} The search stopped at a limit, so there may be others.",
        _ when found.Complete => $"no change that the domain allows leads there. {Looked(found)}",
        _ => $"no change was found that leads there. {Looked(found)} The search stopped at a limit, so there may be one.",
    };

    private static string Ways(int count) => count == 1 ? "one way" : Number(count) + " ways";

    private static string Looked(CounterfactualRecord found) => found.Points == 1
        ? "One changed case was looked at."
        : $"{Number(found.Points)} changed cases were looked at; {Number(found.Tried)} of them had to be decided.";

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
