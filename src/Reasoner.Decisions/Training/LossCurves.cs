using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>
/// Collects the losses of trainings, epoch by epoch. Any number of trainings may report at once: what comes out is ordered by
/// fold, rehearsal and epoch, whoever reported first.
/// </summary>
public sealed class LossCurves : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(int Fold, int Rehearsal), SortedDictionary<int, LossPoint>> _curves = [];
    private readonly IProgress<TrainingProgress>? _next;

    /// <summary>Collects.</summary>
    /// <param name="next">Is told too.</param>
    public LossCurves(IProgress<TrainingProgress>? next = null) => _next = next;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        // A teacher's losses are its own.
        if (value.Teacher == 0) Add(value);
        _next?.Report(value);
    }

    private void Add(TrainingProgress value)
    {
        lock (_lock)
        {
            if (!_curves.TryGetValue((value.Fold, value.Rehearsal), out var curve)) _curves[(value.Fold, value.Rehearsal)] = curve = [];
            curve[value.Epoch] = new LossPoint(value.Epoch, value.TrainingLoss, double.IsNaN(value.HeldOutLogLoss) ? null : value.HeldOutLogLoss);
        }
    }

    /// <summary>The curves so far.</summary>
    public ImmutableArray<LossCurve> ToCurves()
    {
        lock (_lock) return [.. _curves.Select(each => new LossCurve(each.Key.Fold, each.Key.Rehearsal, [.. each.Value.Values]))];
    }
}

/// <summary>The losses of one training.</summary>
/// <param name="Fold">The fold of a cross-validation, from 1; 0 outside one.</param>
/// <param name="Rehearsal">The rehearsal within it, from 1; 0 for the training on all its rows.</param>
/// <param name="Points">The losses, by epoch.</param>
public sealed record LossCurve(int Fold, int Rehearsal, ImmutableArray<LossPoint> Points);

/// <summary>The losses after an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Training">The mean loss of the epoch's steps, with its penalties.</param>
/// <param name="HeldOut">The log loss on held-out rows in nats; null where none are held out.</param>
public readonly record struct LossPoint(int Epoch, double Training, double? HeldOut);
