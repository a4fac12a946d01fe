namespace Reasoner.Experts.Tests.Distillation;

public class DistillationTests
{
    [Fact]
    public void Soft_labels_teach_what_hard_ones_cannot_say()
    {
        // Few rows with noisy labels, but a teacher that knows how likely each answer is.
        var random = new Random(3);
        List<LabelledRow> Noisy(int count, bool isTaught) => [.. Enumerable.Range(0, count).Select(_ =>
        {
            double x = random.NextDouble() * 2 - 1, y = random.NextDouble() * 2 - 1;
            var chance = x * y > 0 ? 0.8 : 0.2;
            return new LabelledRow(new(FeatureValue.Of(x), FeatureValue.Of(y)), random.NextDouble() < chance ? "same" : "other")
            {
                Teacher = isTaught ? new Dictionary<string, double> { ["same"] = chance, ["other"] = 1 - chance } : null,
            };
        })];
        var taught = Noisy(400, isTaught: true);
        var options = new TrainingOptions { Epochs = 200, Rehearsals = 2, TeacherTrust = 1, WeightDecay = 0.02, LearningRate = 0.01, Dropout = 0 };
        var student = MixtureTrainer.Train(SyntheticCases.Plane, taught, options);
        var untaught = MixtureTrainer.Train(SyntheticCases.Plane, [.. taught.Select(row => row with { Teacher = null })], options);
        var tests = Noisy(2000, isTaught: false);
        double LogLoss(TrainedMixture mixture) => ClassificationMetrics.Of([.. tests.Select(row => mixture.Propose(row.Row))], [.. tests.Select(row => row.Label)]).LogLoss;
        Assert.True(LogLoss(student) < LogLoss(untaught) - 0.02, $"{LogLoss(student)} is not clearly below {LogLoss(untaught)}");
    }

    [Fact]
    public void An_ensemble_is_measured_beside_the_student_that_it_taught()
    {
        var result = CrossValidation.Run(
            SyntheticCases.Plane, SyntheticCases.SameSign(400, 1), new() { Epochs = 40, Rehearsals = 2, TeacherMembers = 3, LearningRate = 5e-3 }, folds: 3);
        Assert.Equal(3, result.Teacher.Count);
        Assert.InRange(result.Teacher.Average(fold => fold.Auc), 0.9, 1);
        Assert.InRange(result.Auc.Mean, 0.9, 1);
    }

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0, 0)]
    public void Probabilities_that_are_none_are_refused(double same, double other)
    {
        var rows = SyntheticCases.SameSign(60, 1);
        rows[7] = rows[7] with { Teacher = new Dictionary<string, double> { ["same"] = same, ["other"] = other } };
        var refusal = Assert.Throws<ModelException>(() => MixtureTrainer.Train(SyntheticCases.Plane, rows));
        Assert.Contains("teacher", refusal.Message, StringComparison.Ordinal);
    }
}
