using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public class TrainingSummaryTests
{
    [Fact]
    public void Losses_are_in_order_whoever_reports_first()
    {
        var next = new LossCurves();
        var curves = new LossCurves(next);
        Parallel.For(0, 6 * 50, i =>
        {
            var (fold, epoch) = (i % 6 / 2, 1 + (i / 6));
            curves.Report(new TrainingProgress(fold, i % 2, epoch, 50, 1.0 / epoch, i % 2 == 0 ? double.NaN : fold));
        });
        var result = curves.ToCurves();
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)], result.Select(curve => (curve.Fold, curve.Rehearsal)));
        Assert.All(result, curve => Assert.Equal(Enumerable.Range(1, 50), curve.Points.Select(point => point.Epoch)));
        Assert.All(result[0].Points, point => Assert.Null(point.HeldOut));
        Assert.All(result[5].Points, point => Assert.Equal((1.0 / point.Epoch, 2), (point.Training, point.HeldOut)));
        Assert.Equal(result.Select(curve => curve.Points.Length), next.ToCurves().Select(curve => curve.Points.Length));
    }

    [Theory, InlineData(60), InlineData(900)]
    public void Reliability_and_ROC_agree_with_the_measures_of_the_same_proposals(int cases)
    {
        var (proposals, labels) = Proposals(cases);
        var metrics = ClassificationMetrics.Of(proposals, labels);
        var diagram = ReliabilityDiagram.Of(proposals, labels);
        Assert.Equal(metrics.ExpectedCalibrationError, diagram.ExpectedCalibrationError, 9);
        Assert.Equal((10, cases), (diagram.Bins.Length, diagram.Bins.Sum(bin => bin.Cases)));
        Assert.All(diagram.Bins, bin => Assert.Equal(bin.Cases == 0, bin.Confidence is null && bin.Accuracy is null));
        Assert.All(diagram.Bins.Where(bin => bin.Cases > 0), bin => Assert.InRange(bin.Confidence!.Value, bin.From, bin.To));

        var roc = RocCurve.Of(proposals, labels, "urn:a#Yes", resamples: 100);
        Assert.Equal("Yes", roc.Answer);
        Assert.Equal(metrics.Auc, roc.Auc!.Value, 9);
        Assert.InRange(roc.Auc.Value, roc.Interval!.Lower, roc.Interval.Upper);
        Assert.Equal((new RocPoint(0, 0), new RocPoint(1, 1)), (roc.Points[0], roc.Points[^1]));
        Assert.InRange(roc.Points.Length, 10, 200);
        var area = roc.Points.Zip(roc.Points.Skip(1)).Sum(pair => (pair.Second.FalseAlarms - pair.First.FalseAlarms) * (pair.First.Hits + pair.Second.Hits) / 2);
        Assert.Equal(metrics.Auc, area, cases > 200 ? 2 : 9);
    }

    [Fact]
    public void One_outcome_alone_has_no_area()
    {
        var (proposals, _) = Proposals(20);
        var roc = RocCurve.Of(proposals, [.. proposals.Select(_ => "urn:a#Yes")], "urn:a#Yes");
        Assert.Null(roc.Auc);
        Assert.Null(roc.Interval);
        Assert.Throws<ArgumentException>(() => RocCurve.Of(proposals, [], "urn:a#Yes"));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.Of([], []));
    }

    [Fact]
    public void A_training_summarises_itself()
    {
        using var lending = new LendingCopy();
        var table = lending.TableOf(120);
        using var domain = lending.Load(withModel: false);
        var losses = new LossCurves();
        var outcome = ModelTrainer.Train(domain, table, lending.PathOf("model"), "generated", progress: losses);
        string[] labels = [.. LabelledCases.ReadFeatures(domain, table).Select(row => row.Label)];
        var summary = TrainingSummary.Of(domain, outcome.Card, outcome.Metrics, labels, losses, resamples: 50);
        Assert.Equal("Consumer lending", summary.Title);
        Assert.Equal([0, 1, 2, 3, 4, 5], summary.Losses.Select(curve => curve.Fold).Distinct());
        Assert.Equal(120, summary.Reliability!.Bins.Sum(bin => bin.Cases));
        Assert.Equal("approve", Assert.Single(summary.Roc).Answer, ignoreCase: true);
    }

    private static (List<Proposal> Proposals, List<string> Labels) Proposals(int cases)
    {
        var random = new Random(2);
        var proposals = new List<Proposal>();
        var labels = new List<string>();
        for (var i = 0; i < cases; i++)
        {
            var yes = Math.Round(random.NextDouble(), 3);
            ScoredAnswer[] answers = [new("urn:a#Yes", yes), new("urn:a#No", 1 - yes)];
            proposals.Add(new Proposal([.. answers.OrderByDescending(answer => answer.Probability).ThenBy(answer => answer.Answer, StringComparer.Ordinal)], []));
            labels.Add(random.NextDouble() < yes ? "urn:a#Yes" : "urn:a#No");
        }

        return (proposals, labels);
    }
}
