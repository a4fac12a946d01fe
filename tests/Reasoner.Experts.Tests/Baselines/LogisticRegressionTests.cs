using Reasoner.Baselines;

namespace Reasoner.Experts.Tests.Baselines;

public class LogisticRegressionTests
{
    [Theory]
    [InlineData(0.01, false)]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    public void At_the_optimum_the_gradient_is_zero(double penalty, bool isCurved)
    {
        var rows = BinaryRows.Of(SyntheticCases.AllKinds, BaselineCases.Mixed(300, 1));
        var design = LinearDesign.Learn(rows.Schema, rows.Rows, isCurved);
        var loss = new LogisticLoss(design.Write(rows.Rows), rows.Outcomes);
        var weights = loss.Minimise(penalty, new double[design.Width]);
        Assert.All(loss.Gradient(weights, penalty), slope => Assert.Equal(0, slope, 6));
        Assert.Contains(weights, weight => Math.Abs(weight) > 1e-3);
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss()
    {
        var rows = BinaryRows.Of(SyntheticCases.AllKinds, BaselineCases.Mixed(100, 2));
        var design = LinearDesign.Learn(rows.Schema, rows.Rows, isCurved: true);
        var loss = new LogisticLoss(design.Write(rows.Rows), rows.Outcomes);
        var random = new Random(1);
        double[] weights = [.. Enumerable.Range(0, design.Width).Select(_ => random.NextDouble() - 0.5)];
        var gradient = loss.Gradient(weights, 3);
        for (var i = 0; i < weights.Length; i++)
        {
            double At(double step)
            {
                double[] moved = [.. weights];
                moved[i] += step;
                return loss.Value(moved, 3);
            }

            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[i], 5);
        }
    }

    [Fact]
    public void The_minimum_is_reached_also_where_the_answers_can_be_told_apart_without_error()
    {
        double[] design = [.. Enumerable.Range(0, 40).SelectMany(i => (double[])[i < 20 ? -6 : 6, 1])];
        double[] outcomes = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? 0.0 : 1.0)];
        var loss = new LogisticLoss(design, outcomes);
        Assert.All(loss.Gradient(loss.Minimise(1e-6, [0, 0]), 1e-6), slope => Assert.Equal(0, slope, 7));
    }

    [Fact]
    public void Learns_a_line_with_the_true_probabilities_along_it()
    {
        var model = LogisticRegression.FitBest(SyntheticCases.Plane, BaselineCases.Line(4000, 1), seed: 1);
        Assert.Equal(["above", "below"], model.Classes);
        var tests = BaselineCases.Line(1000, 2);
        Assert.InRange(tests.Average(row => Math.Abs(model.ProbabilityOfSecond(row.Row) - BaselineCases.ProbabilityOfBelow(row.Row))), 0, 0.02);
    }

    [Fact]
    public void Finds_that_a_number_counts_by_its_logarithm_and_not_in_one_direction()
    {
        var random = new Random(3);
        LabelledRow[] Rows() => [.. Enumerable.Range(0, 1500).Select(_ =>
        {
            var size = Math.Exp(random.NextDouble() * 12);
            var isMiddling = Math.Abs(Math.Log(size) - 6) < 2.5;
            return new LabelledRow(new(FeatureValue.Of(size), FeatureValue.Of(0.0)), isMiddling ? "middling" : "other");
        })];
        var model = LogisticRegression.FitBest(SyntheticCases.Plane, Rows(), seed: 1);
        Assert.Contains("curved", model.Settings, StringComparison.Ordinal);
        Assert.InRange(Rows().Count(row => model.Propose(row.Row).Answers[0].Answer == row.Label) / 1500.0, 0.95, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        var rows = BaselineCases.Mixed(200, 4);
        Assert.Equal(
            LogisticRegression.FitBest(SyntheticCases.AllKinds, rows, seed: 7).Weights,
            LogisticRegression.FitBest(SyntheticCases.AllKinds, rows, seed: 7).Weights);
    }

    [Fact]
    public void A_missing_value_tells_what_it_told_in_training()
    {
        var random = new Random(5);
        LabelledRow[] rows = [.. Enumerable.Range(0, 400).Select(i => new LabelledRow(
            new(i % 2 == 0 ? FeatureValue.Missing : FeatureValue.Of(random.NextDouble()), FeatureValue.Of(random.NextDouble())),
            i % 2 == 0 ? "a" : "b"))];
        var model = LogisticRegression.Fit(SyntheticCases.Plane, rows, new(0.1, IsCurved: true));
        Assert.InRange(model.ProbabilityOfSecond(new(FeatureValue.Missing, FeatureValue.Of(0.5))), 0, 0.1);
        Assert.InRange(model.ProbabilityOfSecond(new(FeatureValue.Of(0.5), FeatureValue.Of(0.5))), 0.9, 1);
    }

    [Fact]
    public void Constant_missing_and_protected_features_have_no_effect()
    {
        var (schema, rows) = BaselineCases.OneThatTells();
        var model = LogisticRegression.FitBest(schema, rows, seed: 1);
        var usual = model.ProbabilityOfSecond(rows[0].Row);
        Assert.Equal(usual, model.ProbabilityOfSecond(rows[0].Row.With(1, FeatureValue.Of(1e300)).With(2, FeatureValue.Of("new")).With(3, FeatureValue.Missing)));
    }

    [Fact]
    public void Other_than_two_answers_a_strange_row_and_no_penalty_are_refused()
    {
        var rows = BaselineCases.Line(50, 1);
        var refusal = Assert.Throws<ArgumentException>(() => LogisticRegression.FitBest(SyntheticCases.Plane, [.. rows.Where(row => row.Label == "above")], 1));
        Assert.Contains("two answers", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogisticRegression.FitBest(SyntheticCases.AllKinds, SyntheticCases.Mixed(50, 1), 1));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(SyntheticCases.Plane, rows, new(0, IsCurved: false)));
        rows[6] = rows[6] with { Row = new(FeatureValue.Of("high"), FeatureValue.Of(1.0)) };
        refusal = Assert.Throws<ArgumentException>(() => LogisticRegression.FitBest(SyntheticCases.Plane, rows, 1));
        Assert.StartsWith("Row 7", refusal.Message, StringComparison.Ordinal);
        LabelledRow[] lonely = [.. BaselineCases.Line(50, 1).Where(row => row.Label == "above"), BaselineCases.Line(50, 1).First(row => row.Label == "below")];
        Assert.Throws<ArgumentException>(() => LogisticRegression.FitBest(SyntheticCases.Plane, lonely, 1));
    }
}
