namespace Reasoner.Experts.Tests.Training;

public class OddTrainingRowTests
{
    private static readonly TrainingOptions Short = new() { Epochs = 4, Rehearsals = 2 };

    [Fact]
    public void No_rows_are_refused() =>
        AssertRefused("There are no rows to train on.", SyntheticCases.Plane, []);

    [Fact]
    public void Two_rows_of_two_answers_are_refused_as_names_of_cases() =>
        AssertRefused("2 rows have 2 different labels.", SyntheticCases.Plane, [Row(1, 1, "a"), Row(2, 2, "b")]);

    [Fact]
    public void Two_rows_of_one_answer_are_refused() =>
        AssertRefused("All 2 rows have the label \"a\"", SyntheticCases.Plane, [Row(1, 1, "a"), Row(2, 2, "a")]);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void A_row_whose_answer_is_not_known_is_named(string? label) =>
        AssertRefused("Row 2 has no label.", SyntheticCases.Plane, [Row(1, 1, "a"), Row(2, 2, label!), Row(1, 2, "b"), Row(1, 2, "b")]);

    [Fact]
    public void A_row_for_every_label_is_refused() =>
        AssertRefused("60 rows have 60 different labels.", SyntheticCases.Plane, [.. Enumerable.Range(0, 60).Select(i => Row(i, i, $"case {i}"))]);

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void A_few_rows_train(int count)
    {
        LabelledRow[] rows = [.. Enumerable.Range(0, count).Select(i => Row(i, -i, i % 2 == 0 ? "a" : "b"))];
        AssertWorks(MixtureTrainer.Train(SyntheticCases.Plane, rows, Short), rows);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Features_missing_in_every_row_leave_how_often_each_answer_came(int count)
    {
        FeatureRow nothing = new(FeatureValue.Missing, FeatureValue.Missing, FeatureValue.Missing);
        LabelledRow[] rows = [.. Enumerable.Range(0, count).Select(i => new LabelledRow(nothing, i % 2 == 0 ? "a" : "b"))];
        var mixture = MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Short);
        AssertWorks(mixture, rows);
        Assert.Equal(0.5, mixture.Propose(nothing).ProbabilityOf("a"), 0.05);
        AssertWorks(mixture, SyntheticCases.Mixed(20, 1));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Constant_features_alone_train(int count)
    {
        LabelledRow[] rows = [.. Enumerable.Range(0, count).Select(i => Row(7, double.NaN, i % 2 == 0 ? "a" : "b"))];
        AssertWorks(MixtureTrainer.Train(SyntheticCases.Plane, rows, Short with { NumericBins = 8 }), rows);
    }

    [Fact]
    public void A_single_row_of_a_rare_answer_trains()
    {
        LabelledRow[] rows = [.. Enumerable.Range(0, 60).Select(i => Row(i, -i, i == 7 ? "rare" : "common"))];
        AssertWorks(MixtureTrainer.Train(SyntheticCases.Plane, rows, Short with { BalanceClasses = true }), rows);
    }

    private static LabelledRow Row(double x, double y, string label) => new(new(FeatureValue.Of(x), FeatureValue.Of(y)), label);

    /// <summary>Its probabilities are some, and a model folder takes it and gives it back.</summary>
    private static void AssertWorks(TrainedMixture mixture, IReadOnlyList<LabelledRow> rows)
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-model-");
        try
        {
            ModelFolder.Write(folder.FullName, mixture, "odd", new("rows", new('0', 64), rows.Count, "Made up"));
            using var proposer = MixtureProposer.Load(folder.FullName);
            foreach (var row in rows) Assert.Equal(1, proposer.Propose(row.Row).Answers.Sum(answer => answer.Probability), 1e-5);
            Assert.Equal(mixture.Network.Parameters, ModelFolder.Read(folder.FullName).Network.Parameters);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertRefused(string problem, FeatureSchema schema, IReadOnlyList<LabelledRow> rows)
    {
        var refusal = Assert.Throws<ModelException>(() => MixtureTrainer.Train(schema, rows));
        Assert.StartsWith(problem, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Advice);
    }
}
