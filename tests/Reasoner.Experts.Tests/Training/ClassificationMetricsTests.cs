namespace Reasoner.Experts.Tests.Training;

public class ClassificationMetricsTests
{
    [Fact]
    public void Measures_agree_with_a_calculation_by_hand()
    {
        // Scores of class 1: 0.9 (right), 0.6 (right), 0.6 (wrong), 0.2 (right to be low).
        double[][] probabilities = [[0.1, 0.9], [0.4, 0.6], [0.4, 0.6], [0.8, 0.2]];
        var metrics = ClassificationMetrics.Measure(probabilities, [1, 1, 0, 0]);

        Assert.Equal(3.5 / 4, metrics.Auc, 12); // pairs: 0.9>0.6, 0.9>0.2, 0.6=0.6 (half), 0.6>0.2
        Assert.Equal(0.75, metrics.Accuracy, 12);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.6) + Math.Log(0.4) + Math.Log(0.8)) / 4, metrics.LogLoss, 12);
        Assert.Equal((0.01 + 0.16 + 0.36 + 0.04) / 4, metrics.Brier, 12);
        Assert.Equal((0.1 + Math.Abs(1.2 - 1) + 0.2) / 4, metrics.ExpectedCalibrationError, 12);
    }

    [Fact]
    public void Proposals_are_measured_by_label_and_an_unknown_answer_counts_as_missed()
    {
        Proposal sure = new([new("a", 0.9), new("b", 0.1)], []);
        Proposal unsure = new([new("b", 0.6), new("a", 0.4)], []);
        var metrics = ClassificationMetrics.Of([sure, unsure, unsure], ["a", "b", "c"]);
        Assert.Equal(2.0 / 3, metrics.Accuracy, 12);
        Assert.Equal((0.01 + 0.16 + (0.16 + 0.36 + 1) / 2) / 3, metrics.Brier, 12);
        Assert.Throws<ArgumentException>(() => ClassificationMetrics.Of([sure], []));
    }

    [Fact]
    public void Rows_of_one_class_have_no_ranking() =>
        Assert.True(double.IsNaN(ClassificationMetrics.Measure([[0.1, 0.9], [0.4, 0.6]], [1, 1]).Auc));

    [Fact]
    public void Temperature_scaling_finds_the_temperature_that_made_the_answers()
    {
        var random = new Random(2);
        var logits = new List<double[]>();
        var classes = new List<int>();
        for (var i = 0; i < 20_000; i++)
        {
            var honest = random.NextDouble() * 4 - 2;
            classes.Add(random.NextDouble() < 1 / (1 + Math.Exp(-honest)) ? 1 : 0);
            logits.Add([0, honest * 2.5]);
        }

        Assert.Equal(2.5, TemperatureScaling.Fit(logits, classes), 0.1);
    }

    [Fact]
    public void Folds_hold_every_class_evenly_and_every_row_once()
    {
        int[] classes = [.. Enumerable.Range(0, 103).Select(i => i % 10 == 0 ? 1 : 0)];
        var folds = Stratification.Folds(classes, 5, new(1));
        for (var fold = 0; fold < 5; fold++)
        {
            Assert.InRange(folds.Count(value => value == fold), 20, 21);
            Assert.InRange(Enumerable.Range(0, 103).Count(row => folds[row] == fold && classes[row] == 1), 2, 3);
        }
    }
}
