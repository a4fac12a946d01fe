namespace Reasoner.Experts;

/// <summary>Where a training run stands after an epoch.</summary>
/// <param name="Fold">The fold of a cross-validation, from 1; 0 outside one.</param>
/// <param name="Rehearsal">The rehearsal under way, from 1; 0 for the final training on all rows.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">The most epochs there can be.</param>
/// <param name="TrainingLoss">The mean loss of the epoch's steps, with its penalties.</param>
/// <param name="HeldOutLogLoss">The log loss on the held-out rows in nats, or not-a-number when none are held out.</param>
/// <param name="Teacher">The member of a teaching ensemble that is trained, from 1; 0 for the model itself.</param>
public readonly record struct TrainingProgress(
    int Fold, int Rehearsal, int Epoch, int Epochs, double TrainingLoss, double HeldOutLogLoss, int Teacher = 0);

/// <summary>Which descent of a run is meant: each has random numbers, a checkpoint and reports of its own.</summary>
internal readonly record struct DescentName(int Folds, int Fold, int Teacher, int Rehearsal)
{
    public SeededRandom Random(int seed) => new(seed, Folds, Fold, Teacher, Rehearsal);

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"fold-{Fold}-of-{Folds}-teacher-{Teacher}-rehearsal-{Rehearsal}");
}

/// <summary>Who hears of a run's progress, who may stop it, and where it is written down.</summary>
/// <param name="progress">Told after every epoch, by one thread at a time.</param>
/// <param name="checkpoint">Where descents are written down; null for nowhere.</param>
/// <param name="cancellation">Stops the run between two steps.</param>
internal sealed class TrainingWatch(IProgress<TrainingProgress>? progress, TrainingCheckpoint? checkpoint, CancellationToken cancellation)
{
    private readonly Lock _reporting = new();

    public CancellationToken Cancellation => cancellation;

    public TrainingCheckpoint? Checkpoint => checkpoint;

    public void Report(DescentName descent, int epoch, int epochs, double trainingLoss, double heldOutLogLoss)
    {
        if (progress is null) return;
        lock (_reporting) progress.Report(new(descent.Fold, descent.Rehearsal, epoch, epochs, trainingLoss, heldOutLogLoss, descent.Teacher));
    }
}
