using System.Text.Json;
using Reasoner.Testing;
using Xunit.Abstractions;

namespace Reasoner.Decisions.Tests;

public sealed class PipelineEvaluationTests(ITestOutputHelper output) : IDisposable
{
    private readonly LendingCopy _lending = new();

    public void Dispose() => _lending.Dispose();

    [Fact]
    public void The_shipped_model_and_rules_are_measured_apart_and_together()
    {
        using var domain = _lending.Load();
        var report = PipelineEvaluation.Run(domain, _lending.TableOf(100));
        output.WriteLine(JsonSerializer.Serialize(report, DecisionJson.Indented.Options));
        Assert.Equal((100, 0, false), (report.Rows, report.Unlabelled, report.InSample));
        Assert.Empty(report.Refused);
        Assert.Null(report.OutOfSample);
        Assert.InRange(report.MedianLatencyUs, 1, 10_000_000);
        Assert.Equal(1, report.Model!.Decided);
        Assert.All(new[] { report.Model, report.Rules, report.Pipeline }, figures =>
        {
            Assert.Equal(1, figures.Decided + figures.Referred + figures.Open + figures.Infeasible, 5);
            Assert.Equal(100, figures.Answers.Sum(answer => answer.Count));
            Assert.InRange(figures.Auc!.Value, 0.4, 1);
            Assert.InRange(figures.Brier, 0, 0.6);
            Assert.InRange(figures.ExpectedCost!.Value, 0, 5);
        });

        Assert.Equal(
            report.Pipeline.Answers.Where(answer => answer.Answer != "lend:Refer").Sum(answer => answer.Count), report.ModelWhereDecided!.Answers.Sum(answer => answer.Count));

        // The sample's outcomes follow from risks that model and rules know about too: better than a guess.
        Assert.True(report.Model.Auc > 0.6, $"AUC {report.Model.Auc}");
        Assert.Equal(0, report.Pipeline.Open);
        Assert.Equal(0, report.Pipeline.Infeasible);
        Assert.Equal(0, report.Model.Referred);
        Assert.InRange(report.InvalidShare!.Value, 0.01, 0.99);
    }

    [Fact]
    public void The_figures_are_those_of_their_table()
    {
        using var domain = _lending.Load();
        var report = PipelineEvaluation.Run(domain, _lending.TableOf(60));
        foreach (var figures in new[] { report.Model!, report.Rules, report.Pipeline })
        {
            var decided = figures.Answers.Where(answer => answer.Answer is "lend:Approve" or "lend:Decline").ToList();
            double rows = decided.Sum(answer => answer.Count);
            double right = decided.Where(answer => answer.Answer == answer.Outcome).Sum(answer => answer.Count);
            double approvedBad = decided.Where(answer => answer is { Answer: "lend:Approve", Outcome: "lend:Decline" }).Sum(answer => answer.Count);
            double declinedGood = decided.Where(answer => answer is { Answer: "lend:Decline", Outcome: "lend:Approve" }).Sum(answer => answer.Count);
            // Figures are rounded to six places.
            Assert.Equal(right / rows, figures.Accuracy!.Value, 1e-6);
            Assert.Equal((5 * approvedBad + declinedGood) / rows, figures.ExpectedCost!.Value, 1e-6);
            Assert.Equal(rows / 60, figures.Decided, 1e-6);
        }
    }

    [Fact]
    public void On_the_training_file_unseen_models_are_measured_too()
    {
        var table = _lending.TableOf(120);
        using (var untrained = _lending.Load(withModel: false))
            ModelTrainer.Train(untrained, table, untrained.ModelFolder!, "generated");
        using var domain = _lending.Load();
        var report = PipelineEvaluation.Run(domain, table);
        Assert.True(report.InSample);
        var outOfSample = report.OutOfSample!;
        Assert.Equal(5, outOfSample.Folds);
        var crossValidated = domain.Proposer!.Card.Metrics!;
        Assert.Equal(crossValidated.Auc!.Mean, outOfSample.Auc.Mean, 5);
        Assert.Equal(crossValidated.Accuracy!.Mean, outOfSample.Accuracy.Mean, 5);
        Assert.Equal(outOfSample.Accuracy.Mean, outOfSample.Model.Accuracy!.Value, 2);
        Assert.Equal(120, outOfSample.Pipeline.Answers.Sum(answer => answer.Count));
        Assert.Null(PipelineEvaluation.Run(domain, table, crossValidate: false).OutOfSample);
    }

    [Fact]
    public void Without_a_model_only_the_rules_are_measured()
    {
        using var domain = _lending.Load(withModel: false);
        var report = PipelineEvaluation.Run(domain, _lending.TableOf(30));
        Assert.Null(report.Model);
        Assert.Null(report.InvalidShare);
        Assert.Equal(30, report.Rules.Answers.Sum(answer => answer.Count));
    }

    [Fact]
    public void Rows_that_are_refused_or_have_no_outcome_are_counted_apart()
    {
        var lines = File.ReadLines(_lending.TableOf(10)).ToList();
        lines[1] = lines[1][..lines[1].LastIndexOf(',')] + ",";
        lines[2] = "many" + lines[2][lines[2].IndexOf(',', StringComparison.Ordinal)..];
        using var domain = _lending.Load();
        var report = PipelineEvaluation.Run(domain, _lending.Write("mixed.csv", string.Join('\n', lines)));
        Assert.Equal((8, 1), (report.Rows, report.Unlabelled));
        Assert.StartsWith("row ", Assert.Single(report.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public void One_outcome_alone_has_no_ranking()
    {
        var good = File.ReadLines(Lending.Sample).Where((line, i) => i == 0 || line.EndsWith(",1", StringComparison.Ordinal)).Take(11);
        using var domain = _lending.Load();
        var report = PipelineEvaluation.Run(domain, _lending.Write("good.csv", string.Join('\n', good)));
        Assert.Equal(10, report.Rows);
        Assert.Null(report.Model!.Auc);
        Assert.Null(report.Rules.Auc);
        Assert.Contains("\"brier\"", JsonSerializer.Serialize(report, DecisionJson.OneLine.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_evaluated_says_why()
    {
        using var domain = _lending.Load();
        string Problem(string table) => Assert.Throws<DomainException>(() => PipelineEvaluation.Run(domain, table)).Message;
        Assert.Contains("cannot be read", Problem(_lending.PathOf("missing.csv")), StringComparison.Ordinal);
        Assert.Contains("fit no table", Problem(_lending.Write("other.csv", "a,b\n1,2\n")), StringComparison.Ordinal);
        Assert.Contains("no row has an outcome", Problem(_lending.TableOf(0)), StringComparison.Ordinal);
        using var club = new SmallDomain();
        using var unlabelled = club.Load();
        Assert.Contains("declares no label", Assert.Throws<DomainException>(() => PipelineEvaluation.Run(unlabelled, Lending.Sample)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Costs_of_unknown_answers_are_refused()
    {
        _lending.ChangeManifest(manifest => manifest["costs"]!["lend:Approve"]!["lend:Perhaps"] = 3);
        Assert.Contains("costs are stated for lend:Perhaps", Assert.Throws<DomainException>(() => _lending.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_costs_there_is_no_expected_cost()
    {
        _lending.ChangeManifest(manifest => manifest.Remove("costs"));
        using var domain = _lending.Load();
        Assert.Null(PipelineEvaluation.Run(domain, _lending.TableOf(10)).Pipeline.ExpectedCost);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_table_that_is_worked_out_by_hand(bool pricesReferrals)
    {
        var referral = pricesReferrals ? """, "c:Ask": { "c:Enter": 2, "c:Leave": 3 }""" : "";
        using var club = LabelledClub.Create($$""" "costs": { "c:Enter": { "c:Leave": 5 }, "c:Leave": { "c:Enter": 1 }{{referral}} } """);
        using var domain = club.Load();
        var table = club.Table("0,,,out", "0,,,out", "0,,,in", "2,,,in", "3,,,in", "4,,,in", "2,,,out", "1,,,in", "1,,,out", "5,,,in", "5,,,");
        var report = PipelineEvaluation.Run(domain, table);
        Assert.Equal((10, 1), (report.Rows, report.Unlabelled));
        Assert.Null(report.Model);
        Assert.All(new[] { report.Rules, report.Pipeline }, figures =>
        {
            Assert.Equal((0.8, 0.2, 0, 0), (figures.Decided, figures.Referred, figures.Open, figures.Infeasible));
            Assert.Equal(0.75, figures.Accuracy);
            Assert.Equal(17.5 / 24, figures.Auc!.Value, 6);
            Assert.Equal(0.25, figures.Brier);
            Assert.Equal(0.2, figures.ExpectedCalibrationError, 6);
            Assert.Equal(pricesReferrals ? 1.1 : 0.75, figures.ExpectedCost!.Value, 6);
            Assert.Equal(pricesReferrals ? 1.1 : 0.6, figures.ExpectedCostOfAll!.Value, 6);
            Assert.Equal(0, figures.Invalid);
            Assert.InRange(figures.MedianLatencyUs!.Value, 1, figures.Percentile99LatencyUs!.Value);
            Assert.InRange(0.75, figures.Intervals!.Accuracy!.Lower, figures.Intervals.Accuracy.Upper);
            Assert.Equal(new Experts.Interval(0, 0), figures.Intervals.Invalid);
        });
        Assert.Contains(pricesReferrals ? "costs what the manifest states for c:Ask" : "costs nothing", report.ReferralCost, StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_are_the_same_every_time_and_can_be_left_out()
    {
        using var domain = _lending.Load();
        var table = _lending.TableOf(60);
        static object Intervals(EvaluationReport report) => report.Pipeline.Intervals! with { MedianLatencyUs = null, Percentile99LatencyUs = null };
        Assert.Equal(Intervals(PipelineEvaluation.Run(domain, table, resamples: 50)), Intervals(PipelineEvaluation.Run(domain, table, resamples: 50)));
        Assert.Null(PipelineEvaluation.Run(domain, table, resamples: 0).Pipeline.Intervals);
        Assert.Throws<ArgumentOutOfRangeException>(() => PipelineEvaluation.Run(domain, table, resamples: -1));
    }
}
