using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Reports.Tests;

/// <summary>Training summaries: one with every part, one with none, one with text that wants to be more than text.</summary>
internal static class TrainingCases
{
    public static TheoryData<string> Names => ["training", "training-bare", "training-hostile"];

    public static TrainingSummary Summary(string name) => name switch
    {
        "training" => Full,
        "training-bare" => new TrainingSummary { Title = "Lending", Card = Card with { Metrics = null, Fairness = null, Experts = [], Limitations = [], Features = [] } },
        _ => Full with
        {
            Title = "<script>alert(1)</script>",
            Card = Card with { Name = "\"><img src=x onerror=alert(2)>", Limitations = ["</style><b>bold</b>\u202E"] },
            Efforts = [new("low<br>", 0.7, 1, 120), new("a very long name of a level of effort that does not fit", 0.7, 1, 120)],
            Distillation = new(new("javascript:alert(3)", 0.8, 0.1, 0.02, 1, 0), new("", double.NaN, 0.1, 0.02, 0, 1)),
        },
    };

    public static string Write(TrainingSummary summary)
    {
        var text = new StringWriter();
        TrainingReport.Write(summary, text);
        return text.ToString();
    }

    private static TrainingSummary Full => new()
    {
        Title = "Consumer lending",
        Card = Card,
        Losses =
        [
            .. from fold in new[] { 0, 1, 2, 3 }
               from rehearsal in new[] { 0, 1, 2 }
               select new LossCurve(fold, rehearsal,
               [
                   .. Enumerable.Range(1, 30 + (5 * rehearsal)).Select(epoch => new LossPoint(
                       epoch, 0.45 + (0.3 / epoch) + (0.01 * fold), rehearsal == 0 ? null : 0.5 + (0.2 / epoch) + (0.0001 * epoch * epoch) + (0.012 * fold))),
               ]),
        ],
        Reliability = new(
            [.. Enumerable.Range(0, 10).Select(i => i < 5 ? new ReliabilityBin(i / 10.0, (i + 1) / 10.0, 0, null, null) : new ReliabilityBin(i / 10.0, (i + 1) / 10.0, 40 + (25 * (i - 5)), (i / 10.0) + 0.052, (i / 10.0) + 0.03))],
            0.0221),
        Roc = [new("approve", [.. Enumerable.Range(0, 41).Select(i => new RocPoint(i / 40.0, Math.Round(Math.Sqrt(i / 40.0), 4)))], 0.788, new(0.754, 0.821))],
        Distillation = new(
            new("eight mixtures", 0.801, 0.158, 0.021, 122_512, 310.4), new("one small mixture", 0.795, 0.160, 0.025, 4_210, 18.25),
            new("the same without teacher", 0.779, 0.166, 0.041, 4_210, 18.3), ["Measured on cases that neither had seen."]),
        Reinforcement = new(
            new(0.82, 0.761), new(0.94, 0.757), [.. Enumerable.Range(1, 25).Select(epoch => new ReinforcementEpoch(epoch, 0.82 + (0.12 * (1 - Math.Exp(-epoch / 6.0))), 0.761 - (0.00016 * epoch)))]),
        Efforts = [new("low", 0.748, 1, 210, 400), new("medium", 0.752, 1, 230, 460), new("high", 0.755, 1, 310)],
    };

    private static ModelCard Card => new()
    {
        Name = "lending proposer",
        ModelSha256 = new string('a', 64),
        Data = new("cases.csv", new string('b', 64), 800, "Generated for a test"),
        Limitations = ["It knows 2 answers and gives every other one no probability."],
        Features = [new("amount", FeatureKind.Numeric, "lend:creditAmount", false, 3200, 2800), new("age", FeatureKind.Numeric, "lend:applicant/lend:ageYears", true)],
        Classes = ["urn:lending#Approve", "urn:lending#Decline"],
        Experts = [new("expert 1", 0.2), new("expert 2", 0.5), new("expert 3", 0.3)],
        Architecture = new(20, 16, 2, 15_314),
        Training = new(new TrainingOptions { Experts = 3, Seed = 7 }, 800, 1.154),
        Metrics = new(4, new(0.793, 0.053), new(0.761, 0.032), new(0.49, 0.043), new(0.162, 0.018), new(0.072, 0.022), [0.25, 0.45, 0.3]),
        Fairness = new(800, ["lend:Approve"], 20, 0.8, 1000,
        [
            new("urn:lending#ageYears", "age (years)", "lend:applicant/lend:ageYears", "By the boundaries that the ontology declares.",
            [
                new("under 25", 120, 70, true, Rates(0.5, 0.1), Rates(0.62, 0)),
                new("25 and over", 665, 490, true, Rates(0.7, 0.08), Rates(0.8, 0)),
                new("not stated", 15, 0, false, new(new(0.6), null, new(0.1)), new(new(0.7), null, new(0))),
            ],
            new("under 25", "25 and over", 0.775, true, new(0.68, 0.87)), new("under 25", "25 and over", 0.814, false, new(0.7, 0.93))),
        ]),
    };

    private static GroupRatesCard Rates(double favourable, double referred) =>
        new(new(favourable, new(favourable - 0.05, favourable + 0.05)), new(favourable + 0.1), new(referred));
}
