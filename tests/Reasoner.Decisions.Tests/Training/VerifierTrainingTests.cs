using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>What the rules' verdicts, teachers and checkpoints do to a training, on a small table with few epochs.</summary>
public sealed class VerifierTrainingTests : IDisposable
{
    private readonly LendingCopy _lending = new();
    private readonly string _table;
    private readonly Domain _domain;

    public VerifierTrainingTests()
    {
        _lending.ChangeManifest(manifest => manifest["training"]!["epochs"] = 4);
        _table = _lending.TableOf(100);
        _domain = _lending.Load(withModel: false);
    }

    public void Dispose()
    {
        _domain.Dispose();
        _lending.Dispose();
    }

    [Fact]
    public void On_cases_not_seen_more_first_proposals_stand_and_probabilities_stay_to_the_bit()
    {
        var outcome = Train("reinforced", new());
        Assert.True(
            outcome.Verifier!.After.Survival > outcome.Verifier.Before.Survival,
            $"{outcome.Verifier.Before.Survival} before, {outcome.Verifier.After.Survival} after.");
        Assert.True(outcome.Verifier.After.SecondSurvival >= outcome.Verifier.Before.SecondSurvival);

        var alone = Train("alone", new() { Reinforce = false });
        Assert.Null(alone.Verifier);
        Assert.Null(alone.Summary.Reinforcement);
        Assert.Equal(alone.Metrics.LogLoss, outcome.Metrics.LogLoss);

        var rows = LabelledCases.ReadFeatures(_domain, _table);
        var (taught, untaught) = (ModelFolder.Read(_lending.PathOf("reinforced")), ModelFolder.Read(_lending.PathOf("alone")));
        Assert.Null(untaught.Policy);
        Assert.Equal(_domain.Answers.Select(answer => answer.Value), taught.Policy!.Answers);
        Assert.NotEmpty(taught.Policy.Feedback);
        Assert.All(rows, row => Assert.Equal(untaught.Propose(row.Row).Answers, taught.Propose(row.Row).Answers));
        Assert.Contains(rows, row => !taught.Propose(row.Row).Preferences.SequenceEqual(untaught.Propose(row.Row).Preferences));

        using var taughtInService = MixtureProposer.Load(_lending.PathOf("reinforced"));
        using var untaughtInService = MixtureProposer.Load(_lending.PathOf("alone"));
        Assert.All(rows, row => Assert.Equal(untaughtInService.Propose(row.Row).Answers, taughtInService.Propose(row.Row).Answers));
    }

    [Fact]
    public void An_interrupted_training_goes_on_to_the_same_model_and_clears_its_checkpoint()
    {
        Train("whole", new() { TeacherMembers = 2 });
        var checkpoint = new TrainingCheckpoint(_lending.PathOf("progress"));
        using (var source = new CancellationTokenSource())
        {
            var reports = 0;
            var stop = new Reports(() =>
            {
                if (++reports == 60) source.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => ModelTrainer.Train(
                _domain, _table, _lending.PathOf("stopped"), "generated", new() { TeacherMembers = 2, Checkpoint = checkpoint }, stop, source.Token));
        }

        Assert.True(checkpoint.HasProgress);
        Assert.False(Directory.Exists(_lending.PathOf("stopped")));

        var (all, left) = (0, 0);
        Train("again", new() { TeacherMembers = 2 }, new Reports(() => all++));
        Train("resumed", new() { TeacherMembers = 2, Checkpoint = checkpoint }, new Reports(() => left++));

        Assert.True(left < all, $"{left} of {all} epochs were left.");
        Assert.Equal(Bytes("whole", ModelFolder.ModelFile), Bytes("resumed", ModelFolder.ModelFile));
        Assert.Equal(Bytes("whole", ModelFolder.CardFile), Bytes("resumed", ModelFolder.CardFile));
        Assert.False(Directory.Exists(checkpoint.Folder));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_and_kept()
    {
        var checkpoint = new TrainingCheckpoint(_lending.PathOf("progress"));
        using var source = new CancellationTokenSource();
        var reports = 0;
        Assert.Throws<OperationCanceledException>(() => ModelTrainer.Train(
            _domain, _table, _lending.PathOf("model"), "generated", new() { TeacherMembers = 0, Checkpoint = checkpoint },
            new Reports(() =>
            {
                if (++reports == 20) source.Cancel();
            }), source.Token));
        Assert.Contains("other rows or options", Assert.Throws<ModelException>(() => Train("model", new() { Seed = 99, Checkpoint = checkpoint })).Message, StringComparison.Ordinal);
        Assert.True(checkpoint.HasProgress);
    }

    [Fact]
    public void The_summary_tells_of_teacher_verifier_and_efforts()
    {
        var outcome = Train("model", new() { TeacherMembers = 2 });
        var summary = outcome.Summary;

        Assert.Equal("ensemble of 2", summary.Distillation!.Teacher.Name);
        Assert.True(summary.Distillation.Teacher.Parameters > summary.Distillation.Student.Parameters);
        Assert.Equal(outcome.Metrics.Auc.Mean, summary.Distillation.Student.Auc);
        Assert.NotNull(summary.Distillation.Alone);
        Assert.Equal(outcome.Verifier!.After.Survival, summary.Reinforcement!.After.Surviving);
        Assert.Equal(Enumerable.Range(1, summary.Reinforcement.Epochs.Length), summary.Reinforcement.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(["low", "medium", "high"], summary.Efforts.Select(effort => effort.Name));
        Assert.All(summary.Efforts, effort => Assert.Equal(1, effort.Valid));
        Assert.Equal([1, 3], new[] { summary.Efforts[1].Rounds, summary.Efforts[2].Experts });
        Assert.True(summary.Efforts[0].Rounds >= summary.Efforts[1].Rounds);
    }

    [Fact]
    public void Soft_labels_of_a_table_change_the_model_and_are_told_of()
    {
        var rows = LabelledCases.ReadFeatures(_domain, _table);
        var teacher = _lending.Write("teacher.csv", "lend:Approve,lend:Decline\n" + string.Concat(rows.Select(row =>
            row.Label.EndsWith("Approve", StringComparison.Ordinal) ? "0.6,0.4\n" : "0.4,0.6\n")));

        var outcome = Train("taught", new() { Teacher = teacher, Reinforce = false });
        Train("untaught", new() { TeacherMembers = 0, Reinforce = false });

        Assert.Equal(("soft labels of a table", 0L), (outcome.Summary.Distillation!.Teacher.Name, outcome.Summary.Distillation.Teacher.Parameters));
        Assert.Equal(1, outcome.Summary.Distillation.Teacher.Auc);
        Assert.NotEmpty(outcome.Summary.Distillation.Notes);
        Assert.NotEqual(Bytes("untaught", ModelFolder.ModelFile), Bytes("taught", ModelFolder.ModelFile));

        var byModel = Train("by-model", new() { Teacher = _lending.PathOf("taught"), Reinforce = false });
        Assert.Equal("lending proposer", byModel.Summary.Distillation!.Teacher.Name);
    }

    private TrainingOutcome Train(string folder, TrainingChoices choices, IProgress<TrainingProgress>? progress = null) =>
        ModelTrainer.Train(_domain, _table, _lending.PathOf(folder), "generated", choices, progress);

    private byte[] Bytes(string folder, string file) => File.ReadAllBytes(Path.Combine(_lending.PathOf(folder), file));

    private sealed class Reports(Action then) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => then();
    }
}
