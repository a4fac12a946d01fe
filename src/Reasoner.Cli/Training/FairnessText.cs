using System.Globalization;
using Reasoner.Experts;

namespace Reasoner.Cli;

/// <summary>Answers by protected groups, as tables.</summary>
internal static class FairnessText
{
    private const int NameWidth = 40;
    private const int RateWidth = 20;

    /// <summary>Writes the tables.</summary>
    /// <param name="fairness">What was measured.</param>
    /// <param name="how">Of which answers, in a word or two.</param>
    /// <param name="output">Takes them.</param>
    public static void Write(FairnessCard fairness, string how, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Protected groups, {how}; no rule and no model sees these attributes");
        output.WriteLine(fairness.Favourable.Count == 0
            ? "The manifest names no favourable answers, so only referrals are compared."
            : string.Create(CultureInfo.InvariantCulture, $"Favourable: {string.Join(", ", fairness.Favourable)}; groups under {fairness.SmallestGroup} cases are shown and do not count in ratios"));
        if (fairness.Attributes.Count == 0) output.WriteLine("No case states a protected attribute.");
        foreach (var attribute in fairness.Attributes) Write(attribute, fairness, output);
    }

    private static void Write(ProtectedAttributeCard attribute, FairnessCard fairness, TextWriter output)
    {
        (string Title, Func<FairnessGroupCard, RateCard?> Rate)[] columns =
        [
            ("model favourable", group => group.Model?.Favourable),
            ("both favourable", group => group.Together.Favourable),
            ("model, if deserved", group => group.Model?.TruePositive),
            ("both, if deserved", group => group.Together.TruePositive),
            ("both refer", group => group.Together.Referred),
        ];
        columns = [.. columns.Where(column => attribute.Groups.Any(group => column.Rate(group) is not null))];
        output.WriteLine();
        output.WriteLine($"{attribute.Label} ({attribute.Path}). {attribute.Grouping}");
        output.WriteLine($"  {"",-NameWidth}{"cases",6}{string.Concat(columns.Select(column => $"  {column.Title,-RateWidth}"))}".TrimEnd());
        foreach (var group in attribute.Groups)
        {
            var name = group.IsCounted ? group.Name : group.Name + " *";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-NameWidth}{group.Cases,6}{string.Concat(columns.Select(column => $"  {Cell(column.Rate(group)),-RateWidth}"))}").TrimEnd());
        }

        if (attribute.Groups.Any(group => !group.IsCounted)) output.WriteLine("  * does not count in ratios");
        Write("model alone", attribute.Model, fairness, output);
        Write("both", attribute.Together, fairness, output);
    }

    private static void Write(string who, ImpactCard? impact, FairnessCard fairness, TextWriter output)
    {
        if (impact is null) return;
        var flag = impact switch
        {
            { IsBelowThreshold: true } => string.Create(CultureInfo.InvariantCulture, $"BELOW {fairness.Threshold:0.0}"),
            { Interval: { } interval } when interval.Lower < fairness.Threshold => string.Create(CultureInfo.InvariantCulture, $"(the interval reaches below {fairness.Threshold:0.0})"),
            _ => "",
        };
        output.WriteLine($"  four-fifths ratio, {who}: {Cell(new RateCard(impact.Ratio, impact.Interval))} \"{impact.Lowest}\" against \"{impact.Highest}\" {flag}".TrimEnd());
    }

    private static string Cell(RateCard? rate)
    {
        if (rate is null) return "-";
        return rate.Interval is { } bounds
            ? string.Create(CultureInfo.InvariantCulture, $"{rate.Value:0.000} [{bounds.Lower:0.000} {bounds.Upper:0.000}]")
            : rate.Value.ToString("0.000", CultureInfo.InvariantCulture);
    }
}
