using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>
/// What a training report tells: the model's card, and how it was arrived at. Every part but the card may be missing; the
/// report then leaves its section out. It holds no date and no path, so the same training gives the same report, but for the times that it took.
/// </summary>
public sealed record TrainingSummary
{
    /// <summary>The domain's title, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The model's card: data, options, measures over the folds, limitations, fairness.</summary>
    public required ModelCard Card { get; init; }

    /// <summary>The losses of the trainings: <see cref="LossCurves.ToCurves"/>.</summary>
    public ImmutableArray<LossCurve> Losses { get; init; } = [];

    /// <summary>Whether the probabilities mean what they say, on cases that the models had not seen.</summary>
    public ReliabilityDiagram? Reliability { get; init; }

    /// <summary>The ROC curves on such cases: one for two answers, one for each of more.</summary>
    public ImmutableArray<RocCurve> Roc { get; init; } = [];

    /// <summary>A student model beside its teacher.</summary>
    public DistillationSummary? Distillation { get; init; }

    /// <summary>Training on what the rules say to proposals.</summary>
    public ReinforcementSummary? Reinforcement { get; init; }

    /// <summary>What each level of effort gives and costs, from the least on.</summary>
    public ImmutableArray<EffortSummary> Efforts { get; init; } = [];

    /// <summary>What every training has: losses, reliability and ROC of the proposals of models that had not seen their cases.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="card">The card.</param>
    /// <param name="metrics">The cross-validation, with its held-out proposals.</param>
    /// <param name="labels">The answers that proved right, in the order of those proposals: the texts of their IRIs.</param>
    /// <param name="losses">The losses, where they were collected.</param>
    /// <param name="resamples">How often cases are drawn for intervals; 0 for none.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="ArgumentException">There are not as many labels as held-out proposals.</exception>
    public static TrainingSummary Of(
        Domain domain,
        ModelCard card,
        CrossValidationResult metrics,
        IReadOnlyList<string> labels,
        LossCurves? losses = null,
        int resamples = Bootstrap.DefaultResamples,
        CancellationToken cancellation = default)
    {
        // Of two answers the curve of one is that of the other turned round; what is favourable is what people ask about.
        var known = domain.Answers.Where(answer => card.Classes.Contains(answer.Value)).ToList();
        var favourable = domain.Manifest.Favourable.Select(domain.Manifest.Expand).FirstOrDefault(known.Contains);
        var shown = known.Count == 2 ? [favourable ?? known[0]] : known;
        return new TrainingSummary
        {
            Title = domain.Manifest.Title,
            Card = card,
            Losses = losses?.ToCurves() ?? [],
            Reliability = ReliabilityDiagram.Of(metrics.HeldOut, labels),
            Roc = [.. shown.Select(answer => RocCurve.Of(metrics.HeldOut, labels, answer.Value, domain.LabelOf(answer), resamples, cancellation))],
        };
    }
}

/// <summary>A student model beside the teacher whose probabilities it learned.</summary>
/// <param name="Teacher">The teacher.</param>
/// <param name="Student">The student.</param>
/// <param name="Alone">The same small model, trained on the labels alone; null where that was not tried.</param>
/// <param name="Notes">What a reader should know, in plain sentences.</param>
public sealed record DistillationSummary(DistilledModel Teacher, DistilledModel Student, DistilledModel? Alone = null, ImmutableArray<string> Notes = default);

/// <summary>A model in a distillation, measured on cases that it had not seen.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Auc">The area under the ROC curve.</param>
/// <param name="Brier">The Brier score.</param>
/// <param name="ExpectedCalibrationError">The expected calibration error.</param>
/// <param name="Parameters">All trained numbers; 0 where it is no model.</param>
/// <param name="Microseconds">The median time of a proposal, in microseconds; not-a-number where it was not measured.</param>
public sealed record DistilledModel(string Name, double Auc, double Brier, double ExpectedCalibrationError, long Parameters, double Microseconds);

/// <summary>Training on what the rules say to proposals.</summary>
/// <param name="Before">Before it.</param>
/// <param name="After">After it.</param>
/// <param name="Epochs">By epoch, in order.</param>
/// <param name="Notes">What a reader should know, in plain sentences.</param>
public sealed record ReinforcementSummary(
    ReinforcementFigures Before, ReinforcementFigures After, ImmutableArray<ReinforcementEpoch> Epochs, ImmutableArray<string> Notes = default);

/// <summary>How proposals fare.</summary>
/// <param name="Surviving">The share of first proposals that violate no rule.</param>
/// <param name="Accuracy">The share of first proposals that are right.</param>
public sealed record ReinforcementFigures(double Surviving, double Accuracy);

/// <summary>How proposals fare after an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Surviving">The share of first proposals that violate no rule.</param>
/// <param name="Accuracy">The share of first proposals that are right.</param>
public readonly record struct ReinforcementEpoch(int Epoch, double Surviving, double Accuracy);

/// <summary>What a level of effort gives and costs.</summary>
/// <param name="Name">The level.</param>
/// <param name="Accuracy">The share of right answers among those decided.</param>
/// <param name="Valid">The share of cases that get an answer that violates no rule.</param>
/// <param name="MedianMicroseconds">The median time of a decision, in microseconds.</param>
/// <param name="Percentile99Microseconds">The 99th percentile of it; null where it was not measured.</param>
public sealed record EffortSummary(string Name, double Accuracy, double Valid, double MedianMicroseconds, double? Percentile99Microseconds = null)
{
    /// <summary>The share of cases that get an answer of their own, rather than one that leaves them to a person.</summary>
    public double? Decided { get; init; }

    /// <summary>The mean number of rounds.</summary>
    public double? Rounds { get; init; }

    /// <summary>The mean number of experts that ran in the last round.</summary>
    public double? Experts { get; init; }
}
