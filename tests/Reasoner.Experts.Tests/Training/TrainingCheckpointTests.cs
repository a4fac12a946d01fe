using Reasoner.Experts.Onnx;

namespace Reasoner.Experts.Tests.Training;

public sealed class TrainingCheckpointTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Epochs = 12, Rehearsals = 2 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reasoner-checkpoint-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(30)]
    public void An_interrupted_training_goes_on_to_the_same_bytes(int reports)
    {
        var rows = SyntheticCases.Mixed(150, 1);
        var whole = MixtureExporter.Export(MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options));
        var checkpoint = new TrainingCheckpoint(_folder.FullName);
        using (var source = new CancellationTokenSource())
        {
            var seen = 0;
            var stopper = new Reports(_ =>
            {
                if (++seen == reports) source.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() =>
                MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, stopper, checkpoint, source.Token));
        }

        var epochs = 0;
        var resumed = MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, new Reports(_ => epochs++), checkpoint);
        Assert.Equal(whole, MixtureExporter.Export(resumed));
        Assert.True(checkpoint.HasProgress);

        var again = 0;
        Assert.Equal(whole, MixtureExporter.Export(MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, new Reports(_ => again++), checkpoint)));
        Assert.Equal(0, again);
        checkpoint.Clear();
        Assert.False(checkpoint.HasProgress);
        Directory.CreateDirectory(_folder.FullName);
    }

    [Fact]
    public void A_cross_validation_takes_up_what_is_done()
    {
        var rows = SyntheticCases.Mixed(150, 1);
        var checkpoint = new TrainingCheckpoint(_folder.FullName);
        var first = CrossValidation.Run(SyntheticCases.AllKinds, rows, Options, folds: 3, checkpoint: checkpoint);
        var epochs = 0;
        var second = CrossValidation.Run(SyntheticCases.AllKinds, rows, Options, folds: 3, new Reports(_ => epochs++), checkpoint);
        Assert.Equal(0, epochs);
        Assert.Equal(first.Folds, second.Folds);
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        var rows = SyntheticCases.Mixed(150, 1);
        var checkpoint = new TrainingCheckpoint(_folder.FullName);
        MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, checkpoint: checkpoint);
        var refusal = Assert.Throws<ModelException>(() =>
            MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options with { Seed = 2 }, checkpoint: checkpoint));
        Assert.Contains("other rows or options", refusal.Message, StringComparison.Ordinal);
        rows[3] = rows[3] with { Label = rows[3].Label == "urn:b" ? "urn:a" : "urn:b" };
        Assert.Throws<ModelException>(() => MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, checkpoint: checkpoint));
    }

    [Fact]
    public void A_damaged_checkpoint_is_named()
    {
        var rows = SyntheticCases.Mixed(150, 1);
        var checkpoint = new TrainingCheckpoint(_folder.FullName);
        MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, checkpoint: checkpoint);
        foreach (var file in _folder.GetFiles("*.descent")) File.WriteAllBytes(file.FullName, [1, 2, 3]);
        var refusal = Assert.Throws<ModelException>(() => MixtureTrainer.Train(SyntheticCases.AllKinds, rows, Options, checkpoint: checkpoint));
        Assert.Contains(_folder.FullName, refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Reports(Action<TrainingProgress> then) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => then(value);
    }
}
