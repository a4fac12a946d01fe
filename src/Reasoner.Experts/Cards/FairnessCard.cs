namespace Reasoner.Experts;

/// <summary>
/// What answers people got by protected groups. The values of protected attributes are measured here and read nowhere else:
/// neither a model nor a rule sees them.
/// </summary>
/// <param name="Cases">The cases measured: those whose outcome is known.</param>
/// <param name="Favourable">The answers that are good for whom they concern, as the domain names them; empty where it does not say, and then there are no rates of them and no ratios.</param>
/// <param name="SmallestGroup">Smaller groups are shown, and left out of ratios.</param>
/// <param name="Threshold">The ratio below which a difference is flagged.</param>
/// <param name="Resamples">How often cases were drawn for the intervals; 0 where there are none.</param>
/// <param name="Attributes">The attributes that cases state, by name.</param>
public sealed record FairnessCard(
    int Cases, IReadOnlyList<string> Favourable, int SmallestGroup, double Threshold, int Resamples, IReadOnlyList<ProtectedAttributeCard> Attributes);

/// <summary>A protected attribute and its groups.</summary>
/// <param name="Property">Its IRI.</param>
/// <param name="Label">Its label.</param>
/// <param name="Path">The property path from a case's subject to its values, as the domain writes it.</param>
/// <param name="Grouping">How values became groups, in a sentence.</param>
/// <param name="Groups">The groups, in the order of their values.</param>
/// <param name="Model">The ratio between groups for the model alone, null where there is none.</param>
/// <param name="Together">The ratio for the answers that were given.</param>
public sealed record ProtectedAttributeCard(
    string Property, string Label, string Path, string Grouping, IReadOnlyList<FairnessGroupCard> Groups,
    ImpactCard? Model = null, ImpactCard? Together = null);

/// <summary>A group of cases that share a value of a protected attribute.</summary>
/// <param name="Name">The value, or its range.</param>
/// <param name="Cases">How many cases are in it.</param>
/// <param name="FavourableOutcomes">How many of them turned out so that a favourable answer would have been right.</param>
/// <param name="IsCounted">Whether it is large enough, and named, so that ratios count it.</param>
/// <param name="Together">The rates of the answers that were given.</param>
/// <param name="Model">The rates of the model's likeliest answers, whatever rules say; null without model.</param>
public sealed record FairnessGroupCard(
    string Name, int Cases, int FavourableOutcomes, bool IsCounted, GroupRatesCard Together, GroupRatesCard? Model = null);

/// <summary>The rates of answers in a group. A rate that is undefined is null.</summary>
/// <param name="Favourable">The share of the group's cases that get a favourable answer; one that is left to a person does not.</param>
/// <param name="TruePositive">The same share among those whose outcome was favourable.</param>
/// <param name="Referred">The share left to a person; of a model alone always 0.</param>
public sealed record GroupRatesCard(RateCard? Favourable = null, RateCard? TruePositive = null, RateCard? Referred = null);

/// <summary>A share of cases.</summary>
/// <param name="Value">The share, 0 to 1.</param>
/// <param name="Interval">Its 95 % confidence interval.</param>
public sealed record RateCard(double Value, Interval? Interval = null);

/// <summary>
/// The lowest rate of favourable answers among the groups over the highest: the four-fifths rule of the Uniform Guidelines on
/// Employee Selection Procedures, 29 CFR 1607.4(D), which looks closer where it is below 0.8.
/// </summary>
/// <param name="Lowest">The group with the lowest rate.</param>
/// <param name="Highest">The group with the highest rate.</param>
/// <param name="Ratio">The ratio, 0 to 1.</param>
/// <param name="IsBelowThreshold">Whether it is below the threshold.</param>
/// <param name="Interval">The 95 % confidence interval of the ratio between these two groups.</param>
public sealed record ImpactCard(string Lowest, string Highest, double Ratio, bool IsBelowThreshold, Interval? Interval = null);
