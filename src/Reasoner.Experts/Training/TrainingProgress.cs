namespace Reasoner.Experts;

/// <summary>Where a training run stands after an epoch.</summary>
/// <param name="Fold">The fold of a cross-validation, from 1; 0 outside one.</param>
/// <param name="Rehearsal">The rehearsal under way, from 1; 0 for the final training on all rows.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">The most epochs there can be.</param>
/// <param name="TrainingLoss">The mean loss of the epoch's steps, with its penalties.</param>
/// <param name="HeldOutLogLoss">The log loss on the held-out rows in nats, or not-a-number when none are held out.</param>
public readonly record struct TrainingProgress(
    int Fold, int Rehearsal, int Epoch, int Epochs, double TrainingLoss, double HeldOutLogLoss);

/// <summary>Reports the epochs of one descent.</summary>
internal sealed class ProgressReporter(int fold, int rehearsal, IProgress<TrainingProgress>? progress)
{
    public void Report(int epoch, int epochs, double trainingLoss, double heldOutLogLoss) =>
        progress?.Report(new(fold, rehearsal, epoch, epochs, trainingLoss, heldOutLogLoss));
}
