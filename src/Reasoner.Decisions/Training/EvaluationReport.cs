using System.Collections.Immutable;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>How a domain does on labelled cases.</summary>
/// <param name="Domain">The domain's name.</param>
/// <param name="File">The file of cases.</param>
/// <param name="Sha256">Its hash, hexadecimal.</param>
/// <param name="Rows">The cases that count: those with an outcome that are not refused.</param>
/// <param name="Unlabelled">The cases without outcome, which do not count.</param>
/// <param name="Refused">Why rows were refused, which do not count: a line each.</param>
/// <param name="InSample">
/// Whether the model was trained on this very file. Its figures then flatter it; <see cref="OutOfSample"/> has those that count.
/// </param>
/// <param name="Model">The model alone, its likeliest answer always followed; null without model.</param>
/// <param name="Rules">The rules alone: an answer counts where the rules reject all others but the fallback.</param>
/// <param name="Pipeline">Model and rules together, as decisions are made.</param>
/// <param name="ModelWhereDecided">The model alone on those cases that the pipeline decides, to compare the two; null without model or such cases.</param>
/// <param name="OutOfSample">By cross-validation: figures from models that had not seen the case; null where not asked for.</param>
/// <param name="InvalidShare">The share of cases in which the model's likeliest answer violates a rule; null without model.</param>
/// <param name="MedianLatencyUs">The median time of a decision without explanation, in microseconds.</param>
public sealed record EvaluationReport(
    string Domain,
    string File,
    string Sha256,
    int Rows,
    int Unlabelled,
    ImmutableArray<string> Refused,
    bool InSample,
    AnswerFigures? Model,
    AnswerFigures Rules,
    AnswerFigures Pipeline,
    AnswerFigures? ModelWhereDecided,
    OutOfSampleFigures? OutOfSample,
    double? InvalidShare,
    double MedianLatencyUs)
{
    /// <summary>How often cases were drawn for the intervals; 0 where there are none.</summary>
    public int Resamples { get; init; }

    /// <summary>How a case that is left to a person counts in <see cref="AnswerFigures.ExpectedCostOfAll"/>, in a sentence.</summary>
    public string ReferralCost { get; init; } = "";

    /// <summary>The shipped model's and the pipeline's answers by protected groups; null where the domain protects nothing.</summary>
    public FairnessCard? Fairness { get; init; }
}

/// <summary>Figures from models that had not seen the cases.</summary>
/// <param name="Folds">How many models were trained, each on the rows that the others are judged on.</param>
/// <param name="Model">The models alone.</param>
/// <param name="Pipeline">The models and the rules together.</param>
/// <param name="ModelWhereDecided">The models alone on those cases that both together decide; null where there are none.</param>
/// <param name="InvalidShare">The share of cases in which the model's likeliest answer violates a rule.</param>
/// <param name="Accuracy">The model's accuracy over the folds.</param>
/// <param name="Auc">The model's area under the ROC curve over the folds.</param>
/// <param name="Brier">The model's Brier score over the folds.</param>
public sealed record OutOfSampleFigures(
    int Folds,
    AnswerFigures Model,
    AnswerFigures Pipeline,
    AnswerFigures? ModelWhereDecided,
    double InvalidShare,
    FoldFigure Accuracy,
    FoldFigure Auc,
    FoldFigure Brier)
{
    /// <summary>The answers by protected groups; null where the domain protects nothing.</summary>
    public FairnessCard? Fairness { get; init; }
}

/// <summary>A figure over folds.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Deviation">Its standard deviation.</param>
public sealed record FoldFigure(double Mean, double Deviation);

/// <summary>Answers against outcomes.</summary>
/// <param name="Decided">The share of cases that got an answer of their own.</param>
/// <param name="Referred">The share that got the answer that no label teaches: those left to a person.</param>
/// <param name="Open">The share to which more than one answer was left.</param>
/// <param name="Infeasible">The share to which no answer was left.</param>
/// <param name="Accuracy">The share of right answers among the decided; null where nothing was decided.</param>
/// <param name="Auc">
/// The area under the ROC curve over all cases; null where all had one outcome. Of the rules, and of rules and model together, an
/// answer that is rejected has probability 0 and the others share it; where all are rejected, nothing is taken away.
/// </param>
/// <param name="Brier">The Brier score of the same probabilities.</param>
/// <param name="ExpectedCost">
/// The mean cost by the manifest over the cases whose answer it states costs for; null where there are none.
/// </param>
/// <param name="Answers">How often each outcome met each answer, in the manifest's order.</param>
public sealed record AnswerFigures(
    double Decided,
    double Referred,
    double Open,
    double Infeasible,
    double? Accuracy,
    double? Auc,
    double Brier,
    double? ExpectedCost,
    ImmutableArray<AnswerCount> Answers)
{
    /// <summary>
    /// The expected calibration error of the same probabilities: how far the likeliest answer's is from the share of times it is
    /// right, over ten equal bins.
    /// </summary>
    public double ExpectedCalibrationError { get; init; }

    /// <summary>
    /// The mean cost by the manifest over all cases. An answer without costs costs nothing; a case without answer counts as
    /// one that is left to a person. Null where the manifest states no costs.
    /// </summary>
    public double? ExpectedCostOfAll { get; init; }

    /// <summary>The share of the answers given, referrals among them, that violate a rule; null where none was given.</summary>
    public double? Invalid { get; init; }

    /// <summary>The median time of an answer, in microseconds; null where it was not measured.</summary>
    public double? MedianLatencyUs { get; init; }

    /// <summary>The 99th percentile of that time.</summary>
    public double? Percentile99LatencyUs { get; init; }

    /// <summary>95 % confidence intervals; null where they were not asked for.</summary>
    public FigureIntervals? Intervals { get; init; }
}

/// <summary>
/// 95 % confidence intervals of <see cref="AnswerFigures"/>, by the percentile bootstrap over cases; null where a figure is
/// undefined in most draws. They tell what another sample of such cases might give, not what another training might.
/// </summary>
public sealed record FigureIntervals
{
    /// <summary>The share of cases that got an answer of their own.</summary>
    public Interval? Decided { get; init; }

    /// <summary>The share left to a person.</summary>
    public Interval? Referred { get; init; }

    /// <summary>The share to which more than one answer was left.</summary>
    public Interval? Open { get; init; }

    /// <summary>The share to which no answer was left.</summary>
    public Interval? Infeasible { get; init; }

    /// <summary>The share of right answers among the decided.</summary>
    public Interval? Accuracy { get; init; }

    /// <summary>The area under the ROC curve.</summary>
    public Interval? Auc { get; init; }

    /// <summary>The Brier score.</summary>
    public Interval? Brier { get; init; }

    /// <summary>The expected calibration error.</summary>
    public Interval? ExpectedCalibrationError { get; init; }

    /// <summary>The mean cost over the cases whose answer has one.</summary>
    public Interval? ExpectedCost { get; init; }

    /// <summary>The mean cost over all cases.</summary>
    public Interval? ExpectedCostOfAll { get; init; }

    /// <summary>The share of the answers given that violate a rule.</summary>
    public Interval? Invalid { get; init; }

    /// <summary>The median time, in microseconds.</summary>
    public Interval? MedianLatencyUs { get; init; }

    /// <summary>The 99th percentile of the time, in microseconds.</summary>
    public Interval? Percentile99LatencyUs { get; init; }
}

/// <summary>How often an answer was given where an outcome followed.</summary>
/// <param name="Outcome">The answer that would have been right, as the manifest names it.</param>
/// <param name="Answer">The answer that was given, as the manifest names it; <c>open</c> or <c>none</c> where it was not one.</param>
/// <param name="Count">The number of cases.</param>
public sealed record AnswerCount(string Outcome, string Answer, int Count);
