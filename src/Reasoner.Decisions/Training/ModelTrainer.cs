using System.Collections.Immutable;
using System.Diagnostics;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>What came of a training.</summary>
/// <param name="Card">The model's card.</param>
/// <param name="Metrics">What cross-validation measured.</param>
/// <param name="Rows">The labelled rows.</param>
/// <param name="Summary">What a training report tells.</param>
public sealed record TrainingOutcome(ModelCard Card, CrossValidationResult Metrics, int Rows, TrainingSummary Summary)
{
    /// <summary>How proposals fare before and after the rules' verdicts taught the model; null where they did not.</summary>
    public VerifierFigures? Verifier { get; init; }
}

/// <summary>What a caller may choose about a training; what is left out is as the manifest says.</summary>
public sealed record TrainingChoices
{
    /// <summary>The seed.</summary>
    public int? Seed { get; init; }

    /// <summary>Members of the ensemble that teaches the model; 0 for none.</summary>
    public int? TeacherMembers { get; init; }

    /// <summary>
    /// A teacher that exists already: a model folder, or a CSV file with a column of probabilities for each answer and a line
    /// for each labelled case. It takes the ensemble's place.
    /// </summary>
    public string? Teacher { get; init; }

    /// <summary>Whether the rules' verdicts teach the model in which order to propose.</summary>
    public bool? Reinforce { get; init; }

    /// <summary>Where the training writes down how far it is, and goes on from; null for nowhere.</summary>
    public TrainingCheckpoint? Checkpoint { get; init; }
}

/// <summary>Trains a domain's mixture of experts on labelled cases, as the domain's rules represent them.</summary>
public static class ModelTrainer
{
    /// <summary>Proposals that are timed.</summary>
    private const int TimedProposals = 500;

    private const int Folds = 5;

    /// <summary>Trains, cross-validates and writes the model with its card.</summary>
    /// <param name="domain">The domain, loaded without its model.</param>
    /// <param name="dataPath">A table of labelled cases.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="attribution">Whose data it is and under which licence.</param>
    /// <param name="choices">What the caller chooses; all as the manifest says where null.</param>
    /// <param name="progress">Told after every epoch, by one thread at a time.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">The data cannot be read or is not labelled.</exception>
    /// <exception cref="ModelException">The rows cannot be learned from.</exception>
    public static TrainingOutcome Train(
        Domain domain,
        string dataPath,
        string folder,
        string attribution,
        TrainingChoices? choices = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        choices ??= new();
        var cases = LabelledCases.ReadAll(domain, dataPath, null, cancellation);
        var schema = domain.Features.Schema!;
        var options = OptionsOf(domain.Manifest, choices);
        IReadOnlyList<LabelledRow> rows = [.. cases.Select(each => each.Row)];
        if (choices.Teacher is { } teacher) rows = TeacherLabels.Teach(domain, teacher, rows);
        var losses = new LossCurves(progress);
        var metrics = CrossValidation.Run(schema, rows, options, Folds, losses, checkpoint: choices.Checkpoint, cancellation: cancellation);
        var mixture = MixtureTrainer.Train(schema, rows, options, losses, choices.Checkpoint, cancellation);

        var epochs = ImmutableArray.CreateBuilder<ReinforcementEpoch>();
        VerifierFigures? verifier = null;
        // A row of a domain with slots is one slot: what the rules and the solver make of all of them together, no row can tell.
        var isJoint = domain.Manifest.Slots is not null;
        if (!isJoint && (choices.Reinforce ?? domain.Manifest.Training.Reinforce ?? true))
        {
            var training = new VerifierTraining(domain, cases, cancellation);
            (metrics, verifier) = training.Reinforce(metrics);
            mixture = training.Teach(
                mixture, [.. Enumerable.Range(0, cases.Length)], new Epochs(each => epochs.Add(new(each.Epoch, each.Survival, each.Accuracy))));
        }

        ModelFolder.Write(folder, mixture, $"{domain.Name} proposer", TrainingDataCard.Of(dataPath, rows.Count, attribution), metrics);
        var fairness = FairnessReport.Of(domain, cases.Select(each => each.Input), metrics.HeldOut, cancellation: cancellation);
        var card = ModelFolder.Amend(folder, card => card with { Fairness = fairness });
        var summary = TrainingSummary.Of(domain, card, metrics, [.. rows.Select(row => row.Label)], losses, cancellation: cancellation) with
        {
            Distillation = Distilled(folder, schema, rows, options, metrics, mixture, choices, progress, cancellation),
            Reinforcement = verifier is null ? null : new(
                new(verifier.Before.Survival, verifier.Before.Accuracy), new(verifier.After.Survival, verifier.After.Accuracy), epochs.ToImmutable()),
            Efforts = isJoint ? [] : EffortMeasurement.Of(domain, cases, metrics, cancellation),
        };
        choices.Checkpoint?.Clear();
        return new TrainingOutcome(card, metrics, rows.Count, summary) { Verifier = verifier };
    }

    /// <summary>Trains an expert for a segment of the manifest alone, and adds it to the model in a folder; the others stay as they are.</summary>
    /// <param name="domain">The domain, loaded without its model.</param>
    /// <param name="segmentName">The segment.</param>
    /// <param name="dataPath">A table of labelled cases, of the segment and others.</param>
    /// <param name="modelFolder">The model to add to.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="attribution">Whose data it is and under which licence.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">The manifest has no such segment, or the data cannot be read or is not labelled.</exception>
    /// <exception cref="ModelException">The model cannot be read, or the segment cannot be learned.</exception>
    public static NarrowExpertOutcome AddExpert(
        Domain domain,
        string segmentName,
        string dataPath,
        string modelFolder,
        string folder,
        string attribution,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var segment = domain.Manifest.Segments.FirstOrDefault(segment => segment.Name == segmentName)
            ?? throw new DomainException(domain.Manifest.Segments.IsEmpty
                ? $"The domain {domain.Name} declares no segments; add \"segments\" to its manifest."
                : $"The domain {domain.Name} has no segment \"{segmentName}\"; it has {string.Join(", ", domain.Manifest.Segments.Select(each => each.Name))}.");
        var rows = LabelledCases.ReadFeatures(domain, dataPath, cancellation: cancellation);
        var before = ModelFolder.Read(modelFolder);
        var earlier = ModelFolder.ReadCard(modelFolder);
        var mixture = NarrowExpert.Add(before, segment, rows, null, progress, cancellation);
        var data = TrainingDataCard.Of(dataPath, rows.Count, attribution);
        ModelFolder.Write(
            folder, mixture, earlier.Name, data, limitations: [$"Its expert \"{segment.Name}\" was added later, trained on cases of that segment alone; figures of cross-validation are of the model without it."]);
        var card = ModelFolder.Amend(folder, card => card with { Metrics = earlier.Metrics, Fairness = earlier.Fairness });
        var inside = rows.Where(row => segment.Contains(mixture.Schema, row.Row)).ToList();
        var unseen = inside.Where((_, row) => row % Folds == 0).ToList();
        return new NarrowExpertOutcome(card, inside.Count, rows.Count, unseen.Count, LogLoss(before, unseen), Trial() is { } trial ? LogLoss(trial, unseen) : null);

        TrainedMixture? Trial()
        {
            try
            {
                return NarrowExpert.Add(before, segment, [.. rows.Except(unseen, ReferenceEqualityComparer.Instance).Cast<LabelledRow>()], null, null, cancellation);
            }
            catch (ModelException)
            {
                // Enough to learn from, but not with a part kept back.
                return null;
            }
        }

        static double LogLoss(TrainedMixture model, List<LabelledRow> cases) =>
            ClassificationMetrics.Of([.. cases.Select(row => model.Propose(row.Row))], [.. cases.Select(row => row.Label)]).LogLoss;
    }

    /// <summary>How many descents a training takes, at most: the measure of its progress.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="choices">What the caller chooses.</param>
    public static int DescentsOf(Domain domain, TrainingChoices choices)
    {
        var options = OptionsOf(domain.Manifest, choices);
        return (Folds + 1) * (options.TeacherMembers + 1) * (options.Rehearsals + 1);
    }

    /// <summary>The manifest's settings, the trainer's defaults where it has none.</summary>
    internal static TrainingOptions OptionsOf(DomainManifest manifest, TrainingChoices? choices = null)
    {
        var defaults = new TrainingOptions();
        var setting = manifest.Training;
        return defaults with
        {
            Experts = setting.Experts ?? defaults.Experts,
            TopK = setting.TopK ?? defaults.TopK,
            Seed = choices?.Seed ?? setting.Seed ?? defaults.Seed,
            Epochs = setting.Epochs ?? defaults.Epochs,
            Patience = setting.Patience ?? defaults.Patience,
            LearningRate = setting.LearningRate ?? defaults.LearningRate,
            BatchSize = setting.BatchSize ?? defaults.BatchSize,
            Hidden = setting.Hidden ?? defaults.Hidden,
            Dropout = setting.Dropout ?? defaults.Dropout,
            WeightDecay = setting.WeightDecay ?? defaults.WeightDecay,
            BalanceClasses = setting.BalanceClasses ?? defaults.BalanceClasses,
            NumericBins = setting.NumericBins ?? defaults.NumericBins,
            TeacherMembers = choices?.Teacher is not null ? 0 : choices?.TeacherMembers ?? setting.TeacherMembers ?? defaults.TeacherMembers,
            TeacherTrust = setting.TeacherTrust ?? defaults.TeacherTrust,
            Rehearsals = setting.Rehearsals ?? defaults.Rehearsals,
            ExpertNames = manifest.ExpertNames,
        };
    }

    /// <summary>What was kept of the teacher's quality, at what cost; null where nobody taught.</summary>
    private static DistillationSummary? Distilled(
        string folder, FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions options, CrossValidationResult metrics, TrainedMixture mixture,
        TrainingChoices choices, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (options.TeacherMembers == 0 && choices.Teacher is null) return null;
        LabelledRow[] untaught = [.. rows.Select(row => row with { Teacher = null })];
        var alone = CrossValidation.Run(schema, untaught, options with { TeacherMembers = 0 }, metrics.Folds.Count, progress, cancellation: cancellation);
        using var proposer = MixtureProposer.Load(folder, cachePlaces: 0);
        var us = MedianMicroseconds(proposer, rows);
        var parameters = proposer.Card.Architecture.Parameters;
        var teacher = choices.Teacher is null
            ? new DistilledModel(
                $"ensemble of {options.TeacherMembers}", metrics.Teacher.Average(fold => fold.Auc), metrics.Teacher.Average(fold => fold.Brier),
                metrics.Teacher.Average(fold => fold.ExpectedCalibrationError), metrics.Teachers[0].Parameters, us * options.TeacherMembers)
            : Given(choices.Teacher, rows);
        return new(
            teacher, Model("student", metrics, parameters, us), Model("the same model without teacher", alone, parameters, us),
            choices.Teacher is null ? [] : ["The teacher's figures are of its soft labels on these very rows; whether it had seen them is not known here."]);
    }

    private static DistilledModel Model(string name, CrossValidationResult metrics, int parameters, double us) =>
        new(name, metrics.Auc.Mean, metrics.Brier.Mean, metrics.ExpectedCalibrationError.Mean, parameters, us);

    private static DistilledModel Given(string teacher, IReadOnlyList<LabelledRow> rows)
    {
        var metrics = ClassificationMetrics.Of(
            [.. rows.Select(row => new Proposal([.. row.Teacher!.OrderByDescending(each => each.Value).Select(each => new ScoredAnswer(each.Key, each.Value))], []))],
            [.. rows.Select(row => row.Label)]);
        if (!Directory.Exists(teacher)) return new("soft labels of a table", metrics.Auc, metrics.Brier, metrics.ExpectedCalibrationError, 0, double.NaN);
        using var proposer = MixtureProposer.Load(teacher, cachePlaces: 0);
        return new(
            proposer.Card.Name, metrics.Auc, metrics.Brier, metrics.ExpectedCalibrationError, proposer.Card.Architecture.Parameters,
            proposer.Schema.Count == rows[0].Row.Count ? MedianMicroseconds(proposer, rows) : double.NaN);
    }

    private static double MedianMicroseconds(MixtureProposer proposer, IReadOnlyList<LabelledRow> rows)
    {
        var times = new double[TimedProposals];
        for (var i = -TimedProposals; i < TimedProposals; i++)
        {
            var start = Stopwatch.GetTimestamp();
            proposer.Propose(rows[(i + TimedProposals) % rows.Count].Row);
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[TimedProposals / 2];
    }

    private sealed class Epochs(Action<ReinforcementProgress> then) : IProgress<ReinforcementProgress>
    {
        public void Report(ReinforcementProgress value) => then(value);
    }
}

/// <summary>What came of adding an expert.</summary>
/// <param name="Card">The model's new card.</param>
/// <param name="Inside">The labelled cases of the segment.</param>
/// <param name="Rows">All labelled cases.</param>
/// <param name="Unseen">The cases of the segment that were kept from an expert trained for comparison on the others.</param>
/// <param name="LogLossBefore">The log loss on these of the model without an expert, in nats; it may have learned from them.</param>
/// <param name="LogLossAfter">The log loss on them with the expert that has not seen them; null where the others are too few to train one.</param>
public sealed record NarrowExpertOutcome(ModelCard Card, int Inside, int Rows, int Unseen, double LogLossBefore, double? LogLossAfter);
