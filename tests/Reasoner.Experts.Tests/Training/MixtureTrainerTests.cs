using Reasoner.Experts.Onnx;

namespace Reasoner.Experts.Tests.Training;

public class MixtureTrainerTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var rows = SyntheticCases.Mixed(200, 3);
        var options = new TrainingOptions { Epochs = 8, Rehearsals = 2 };
        var first = MixtureExporter.Export(MixtureTrainer.Train(SyntheticCases.AllKinds, rows, options));
        var second = MixtureExporter.Export(MixtureTrainer.Train(SyntheticCases.AllKinds, rows, options));
        var other = MixtureExporter.Export(MixtureTrainer.Train(SyntheticCases.AllKinds, rows, options with { Seed = 2 }));
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Learns_what_no_linear_model_can()
    {
        var mixture = MixtureTrainer.Train(SyntheticCases.Plane, SyntheticCases.SameSign(2000, 1), new() { Rehearsals = 2 });
        Assert.InRange(SyntheticCases.Accuracy(mixture, SyntheticCases.SameSign(1000, 2)), 0.93, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Experts_specialise_by_segment(int topK)
    {
        // Few hidden units: one expert alone has no room for both segments.
        var options = new TrainingOptions { Experts = 2, TopK = topK, Hidden = 2, Epochs = 60, LearningRate = 0.01, WeightDecay = 0, Rehearsals = 0 };
        var mixture = MixtureTrainer.Train(SyntheticCases.Segments, SyntheticCases.TwoSegments(2000, 1), options);
        var tests = SyntheticCases.TwoSegments(1000, 2);
        Assert.InRange(SyntheticCases.Accuracy(mixture, tests), 0.93, 1);

        double WeightOfFirst(string segment) => tests.Where(row => row.Row[0].Category == segment)
            .Average(row => mixture.Propose(row.Row, 2).Experts.Single(expert => expert.Name == "expert 1").Weight);
        Assert.True(Math.Abs(WeightOfFirst("retail") - WeightOfFirst("business")) > 0.3);
    }

    [Fact]
    public void The_balance_loss_spreads_rows_over_experts()
    {
        double[] Load(double balance)
        {
            var options = new TrainingOptions { Experts = 8, TopK = 2, Epochs = 20, Rehearsals = 0, BalanceLoss = balance };
            var load = MixtureTrainer.Train(SyntheticCases.Plane, SyntheticCases.SameSign(1000, 1), options).ExpertLoad;
            Assert.Equal(1, load.Sum(), 9);
            return [.. load];
        }

        var (free, balanced) = (Load(0), Load(0.3));
        Assert.True(balanced.Max() < free.Max());
        Assert.All(balanced, share => Assert.InRange(share, 0.04, 0.25));
    }

    [Fact]
    public void Calibrated_probabilities_match_how_often_they_are_right()
    {
        // The answer follows x only seven times in ten: an honest model is never surer than that.
        var random = new Random(9);
        LabelledRow Noisy()
        {
            var x = random.NextDouble() * 2 - 1;
            return new(new(FeatureValue.Of(x), FeatureValue.Of(random.NextDouble())), (x > 0) == (random.NextDouble() < 0.7) ? "yes" : "no");
        }

        LabelledRow[] rows = [.. Enumerable.Range(0, 2000).Select(_ => Noisy())];
        var result = CrossValidation.Run(SyntheticCases.Plane, rows, new() { Rehearsals = 2, Epochs = 40, NumericBins = 16 }, folds: 3);
        Assert.InRange(result.Accuracy.Mean, 0.66, 0.73);
        // Of 667 rows a fold, chance alone makes some 0.04 of this; a model that is never in doubt would have 0.3.
        Assert.InRange(result.ExpectedCalibrationError.Mean, 0, 0.08);
        Assert.InRange(result.Auc.Mean, 0.66, 0.73);
    }

    [Fact]
    public void Rare_answers_are_found_when_classes_are_balanced()
    {
        var random = new Random(4);
        LabelledRow Rare()
        {
            var x = random.NextDouble();
            return new(new(FeatureValue.Of(x), FeatureValue.Of(0.0)), x > 0.8 && random.NextDouble() < 0.3 ? "rare" : "common");
        }

        LabelledRow[] rows = [.. Enumerable.Range(0, 1500).Select(_ => Rare())];
        int Found(bool areBalanced)
        {
            var mixture = MixtureTrainer.Train(SyntheticCases.Plane, rows, new() { BalanceClasses = areBalanced, Epochs = 30, Rehearsals = 0 });
            return rows.Count(row => row.Label == "rare" && mixture.Propose(row.Row).Answers[0].Answer == "rare");
        }

        var rare = rows.Count(row => row.Label == "rare");
        Assert.InRange(Found(areBalanced: false), 0, rare / 4);
        Assert.InRange(Found(areBalanced: true), rare * 3 / 4, rare);
    }

    [Fact]
    public void Ten_rows_train_without_calibration()
    {
        var mixture = MixtureTrainer.Train(SyntheticCases.Plane, SyntheticCases.SameSign(10, 1));
        Assert.Equal(0, mixture.HeldOutRows);
        Assert.Equal(1, mixture.Temperature);
        Assert.Equal(1, mixture.Propose(SyntheticCases.SameSign(1, 2)[0].Row).Answers.Sum(answer => answer.Probability), 5);
    }

    [Fact]
    public void One_answer_alone_is_refused_with_advice()
    {
        var rows = SyntheticCases.SameSign(50, 1).Where(row => row.Label == "same").ToList();
        var refusal = Assert.Throws<ModelException>(() => MixtureTrainer.Train(SyntheticCases.Plane, rows));
        Assert.Contains("\"same\"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("another answer", refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_feature_has_no_effect()
    {
        var rows = SyntheticCases.SameSign(300, 1)
            .Select(row => row with { Row = new(row.Row[0], FeatureValue.Of(0.1)) }).ToList();
        var mixture = MixtureTrainer.Train(SyntheticCases.Plane, rows);
        var usual = mixture.Propose(rows[0].Row);
        var strange = mixture.Propose(rows[0].Row.With(1, FeatureValue.Of(1e300)));
        Assert.Equal(usual.Answers, strange.Answers);
    }

    [Fact]
    public void A_category_never_seen_counts_like_no_information_instead_of_noise()
    {
        var rows = SyntheticCases.TwoSegments(500, 1);
        var mixture = MixtureTrainer.Train(SyntheticCases.Segments, rows);
        var unknown = mixture.Propose(rows[0].Row.With(0, FeatureValue.Of("charity")));
        var missing = mixture.Propose(rows[0].Row.With(0, FeatureValue.Missing));
        Assert.Equal(missing.Answers, unknown.Answers);
    }

    [Fact]
    public void Cancels_between_steps()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(report =>
        {
            if (report.Epoch == 2) source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => MixtureTrainer.Train(
            SyntheticCases.Plane, SyntheticCases.SameSign(100, 1), new() { Rehearsals = 0 }, progress: progress, cancellation: source.Token));
        Assert.Equal(2, progress.Last.Epoch);
    }

    [Theory]
    [InlineData("TopK")]
    [InlineData("LearningRate")]
    [InlineData("ExpertNames")]
    public void Options_out_of_range_are_named(string option)
    {
        var options = option switch
        {
            "TopK" => new TrainingOptions { TopK = 5 },
            "LearningRate" => new TrainingOptions { LearningRate = double.NaN },
            _ => new TrainingOptions { ExpertNames = ["only one"] },
        };
        var refusal = Assert.Throws<ModelException>(() => MixtureTrainer.Train(SyntheticCases.Plane, SyntheticCases.SameSign(50, 1), options));
        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_does_not_fit_the_schema_is_named()
    {
        var rows = SyntheticCases.SameSign(50, 1);
        rows[6] = rows[6] with { Row = new(FeatureValue.Of("high"), FeatureValue.Of(1.0)) };
        var refusal = Assert.Throws<ModelException>(() => MixtureTrainer.Train(SyntheticCases.Plane, rows));
        Assert.StartsWith("Row 7 gives the numeric feature \"x\" the value \"high\".", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Reports(Action<TrainingProgress> then) : IProgress<TrainingProgress>
    {
        public TrainingProgress Last { get; private set; }

        public void Report(TrainingProgress value)
        {
            Last = value;
            then(value);
        }
    }
}
