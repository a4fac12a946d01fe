using System.Diagnostics;
using System.Security.Cryptography;
using Reasoner.Experts;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>
/// Evaluates a domain on labelled cases: the model alone, the rules alone, and both together. Where the model was trained on
/// the file, models that have not seen a case are trained too, for figures that do not flatter. Every figure comes with a 95 %
/// confidence interval.
/// </summary>
public static class PipelineEvaluation
{
    /// <summary>How often a first case is decided before any is timed, for the runtime to have compiled what it runs.</summary>
    private const int WarmUps = 40;

    private static readonly DecisionOptions _verdictsOnly = new() { Explanation = Explanation.None };

    /// <summary>Evaluates.</summary>
    /// <param name="domain">The domain, loaded with its model where it has one.</param>
    /// <param name="path">A table of labelled cases.</param>
    /// <param name="crossValidate">Whether to cross-validate; null does so where the model was trained on this very file.</param>
    /// <param name="progress">Told the number of cases decided.</param>
    /// <param name="training">Told after every epoch of cross-validation.</param>
    /// <param name="resamples">How often cases are drawn for the confidence intervals, up to 100,000; 0 for none.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">The domain has no label, or the file cannot be read, or no row has an outcome.</exception>
    /// <exception cref="ModelException">The rows cannot be cross-validated.</exception>
    /// <exception cref="ArgumentOutOfRangeException">So many resamples are not possible.</exception>
    public static EvaluationReport Run(
        Domain domain,
        string path,
        bool? crossValidate = null,
        IProgress<int>? progress = null,
        IProgress<TrainingProgress>? training = null,
        int resamples = Bootstrap.DefaultResamples,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(resamples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resamples, Bootstrap.MaximumResamples);
        if (domain.Manifest.Label is null)
            throw new DomainException($"The domain {domain.Name} declares no label; add one to its manifest to evaluate it.");
        var run = new Evaluation(domain, LabelledCases.AnswersOf(domain), cancellation);
        foreach (var input in LabelledCases.Read(domain, path, cancellation))
        {
            run.Add(input);
            progress?.Report(run.Count);
        }

        if (run.Count == 0)
            throw new DomainException([$"{path}: error: no row has an outcome; evaluation needs labelled cases.", .. run.Refused.Take(10)]);
        var hash = HashOf(path);
        var inSample = domain.Proposer is { Card.Data.Sha256: var trainedOn } && string.Equals(trainedOn, hash, StringComparison.OrdinalIgnoreCase);
        return run.Report(path, hash, inSample, (crossValidate ?? inSample) && domain.Features.Schema is not null, training, resamples);
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>One evaluation at work.</summary>
    private sealed class Evaluation(Domain domain, IReadOnlyList<int> labelAnswers, CancellationToken cancellation)
    {
        private readonly DecisionPipeline _pipeline = new(domain);
        private readonly List<EvaluatedCase> _cases = [];
        private readonly AnswerTally _model = new(domain, labelAnswers);
        private readonly AnswerTally _modelWhereDecided = new(domain, labelAnswers);
        private readonly AnswerTally _rules = new(domain, labelAnswers);
        private readonly AnswerTally _together = new(domain, labelAnswers);
        private readonly ProtectedValues _protected = new(domain);
        private readonly List<ProtectedCase> _protectedCases = [];
        private bool _isWarm;
        private int _unlabelled;

        public int Count => _cases.Count;

        public List<string> Refused { get; } = [];

        public void Add(CaseInput input)
        {
            try
            {
                WarmUp(input);
                var represented = new Timing();
                var (materialization, subject) = _pipeline.Represent(input, cancellation);
                var rejectedByRules = _pipeline.Rejected(materialization.Graph);
                represented.Stop();
                if (LabelledCases.OutcomeOf(domain, materialization.Graph, subject) is not { } outcome)
                {
                    _unlabelled++;
                    return;
                }

                var decided = new Timing();
                var record = _pipeline.Decide(input, _verdictsOnly, cancellation);
                decided.Stop();
                var proposed = new Timing();
                var row = domain.Features.Schema is null ? null : domain.Features.Read(materialization.Graph, subject);
                if (domain.Proposer is not null) _ = _pipeline.ScoresOf(row, _pipeline.ExpertsFor(Effort.Medium, 1));
                proposed.Stop();
                var each = new EvaluatedCase(Count, input, row, domain.Answers.IndexOf(outcome), rejectedByRules);
                var (likeliest, answer) = Tally(each, record, proposed.Us, represented.Us, decided.Us);
                _cases.Add(each);
                if (!_protected.IsEmpty)
                    _protectedCases.Add(new ProtectedCase(_protected.Read(materialization.Graph, subject), each.Outcome, likeliest, answer));
            }
            catch (CaseRefusedException exception)
            {
                Refused.Add($"row {input.Row?.Number}: {exception.Message.ReplaceLineEndings("; ")}");
            }
        }

        public EvaluationReport Report(string path, string hash, bool inSample, bool crossValidate, IProgress<TrainingProgress>? training, int resamples)
        {
            var crossed = crossValidate ? CrossValidate(training) : null;
            var figures = new FigureSet(Count, resamples, cancellation)
                .Add(_model).Add(_rules).Add(_together).Add(_modelWhereDecided)
                .Add(crossed?.Model).Add(crossed?.Together).Add(crossed?.WhereDecided);
            figures.Measure();
            var together = figures.Of(_together)!;
            var model = figures.Of(_model);
            return new EvaluationReport(
                domain.Name,
                path,
                hash,
                Count,
                _unlabelled,
                [.. Refused],
                inSample,
                model,
                figures.Of(_rules)!,
                together,
                figures.Of(_modelWhereDecided),
                crossed is null
                    ? null
                    : new OutOfSampleFigures(
                        crossed.Result.Folds.Count,
                        figures.Of(crossed.Model)!,
                        figures.Of(crossed.Together)!,
                        figures.Of(crossed.WhereDecided),
                        figures.Of(crossed.Model)!.Invalid ?? 0,
                        Figure(crossed.Result.Accuracy),
                        Figure(crossed.Result.Auc),
                        Figure(crossed.Result.Brier))
                    {
                        Fairness = FairnessReport.Of(domain, _protected, crossed.Protected, resamples, cancellation),
                    },
                model?.Invalid,
                together.MedianLatencyUs ?? 0)
            {
                Resamples = resamples,
                ReferralCost = ReferralCost(),
                Fairness = FairnessReport.Of(domain, _protected, _protectedCases, resamples, cancellation),
            };
        }

        private void WarmUp(CaseInput input)
        {
            if (_isWarm) return;
            for (var i = 0; i < WarmUps; i++)
            {
                var (materialization, subject) = _pipeline.Represent(input, cancellation);
                _ = _pipeline.Rejected(materialization.Graph);
                if (domain.Features.Schema is not null) _ = _pipeline.ScoresOf(domain.Features.Read(materialization.Graph, subject), _pipeline.ExpertsFor(Effort.Medium, 1));
                _ = _pipeline.Decide(input, _verdictsOnly, cancellation);
            }

            _isWarm = true;
        }

        /// <summary>Counts a case, and gives the places of the model's likeliest answer, where there is a model, and of the answer given.</summary>
        private (int? Likeliest, int Answer) Tally(EvaluatedCase each, DecisionRecord record, double proposeUs, double representUs, double decideUs)
        {
            var byAnswer = record.Candidates.ToDictionary(candidate => new Iri(candidate.Answer.Iri));
            double[] scores = [.. domain.Answers.Select(answer => byAnswer[answer].Score)];
            bool[] rejected = [.. domain.Answers.Select(answer => byAnswer[answer].Verdict == Verdict.Rejected)];
            var left = OnlyAnswerLeft(each.RejectedByRules);
            _rules.Add(
                each.Number, each.Outcome, left, [.. scores.Select(_ => 1.0)], each.RejectedByRules, left >= 0 && each.RejectedByRules[left], representUs);

            // Not what the record says of its own answer: the rules are asked again, with its scores.
            var answer = record.Answer is null ? AnswerTally.None : domain.Answers.IndexOf(new Iri(record.Answer.Iri));
            var rejectedAgain = _pipeline.Rejected(each.Input, scores, cancellation);
            _together.Add(
                each.Number, each.Outcome, answer, scores, rejected, answer >= 0 && (rejected[answer] || rejectedAgain[answer]), decideUs);
            if (domain.Proposer is null) return (null, answer);
            var likeliest = LabelledCases.Likeliest(domain, scores);
            _model.Add(each.Number, each.Outcome, likeliest, scores, null, rejectedAgain[likeliest], proposeUs);
            if (_together.IsDecision(answer)) _modelWhereDecided.Add(each.Number, each.Outcome, likeliest, scores, null, rejectedAgain[likeliest], proposeUs);
            return (likeliest, answer);
        }

        /// <summary>Every case once more, with the scores of a model that has not seen it.</summary>
        private CrossValidated CrossValidate(IProgress<TrainingProgress>? training)
        {
            // Which order a policy tries answers in does not matter here: of those that stand the likeliest is given.
            var rows = _cases.Select(each => new LabelledRow(each.Features!, domain.Answers[each.Outcome].Value)).ToList();
            var options = ModelTrainer.OptionsOf(domain.Manifest, new() { Seed = domain.Proposer?.Card.Training.Options.Seed });
            var result = CrossValidation.Run(domain.Features.Schema!, rows, options, progress: training, cancellation: cancellation);
            var crossed = new CrossValidated(
                result, new AnswerTally(domain, labelAnswers), new AnswerTally(domain, labelAnswers), new AnswerTally(domain, labelAnswers));
            foreach (var each in _cases)
            {
                cancellation.ThrowIfCancellationRequested();
                var scores = LabelledCases.ScoresOf(domain, result.HeldOut[each.Number]);
                var rejected = _pipeline.Rejected(each.Input, scores, cancellation);
                var likeliest = LabelledCases.Likeliest(domain, scores);
                crossed.Model.Add(each.Number, each.Outcome, likeliest, scores, null, rejected[likeliest]);
                var best = LabelledCases.BestLeft(scores, rejected);
                crossed.Together.Add(each.Number, each.Outcome, best, scores, rejected, best >= 0 && rejected[best]);
                if (!_protected.IsEmpty) crossed.Protected.Add(_protectedCases[each.Number] with { Model = likeliest, Answer = best });
                if (crossed.Together.IsDecision(best)) crossed.WhereDecided.Add(each.Number, each.Outcome, likeliest, scores, null, rejected[likeliest]);
            }

            return crossed;
        }

        private string ReferralCost()
        {
            if (domain.Manifest.Costs.IsEmpty) return "The manifest states no costs.";
            return domain.Manifest.Fallback is { } fallback && domain.Manifest.Costs.ContainsKey(fallback.Answer)
                ? $"A case that is left to a person costs what the manifest states for {fallback.Answer}."
                : "The manifest states no cost of leaving a case to a person: one that is left to a person, or left open, counts and costs nothing.";
        }

        private static FoldFigure Figure(FoldMeasure measure) => new(Math.Round(measure.Mean, 6), Math.Round(measure.Deviation, 6));

        private int OnlyAnswerLeft(bool[] rejected)
        {
            var fallback = domain.Terms.Fallback;
            var left = Enumerable.Range(0, rejected.Length).Where(answer => answer != fallback && !rejected[answer]).ToList();
            return left.Count switch
            {
                0 => fallback >= 0 && !rejected[fallback] ? fallback : AnswerTally.None,
                1 => left[0],
                _ => AnswerTally.Open,
            };
        }
    }

    /// <summary>A labelled case: what was given, what the model reads, the place of the answer that would have been right, and what the rules say.</summary>
    private sealed record EvaluatedCase(int Number, CaseInput Input, FeatureRow? Features, int Outcome, bool[] RejectedByRules);

    /// <summary>The cases once more, by models that had not seen them.</summary>
    private sealed record CrossValidated(CrossValidationResult Result, AnswerTally Model, AnswerTally Together, AnswerTally WhereDecided)
    {
        public List<ProtectedCase> Protected { get; } = [];
    }

    /// <summary>A stretch of time.</summary>
    private sealed class Timing
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public double Us { get; private set; }

        public void Stop() => Us = Stopwatch.GetElapsedTime(_start).TotalMicroseconds;
    }
}
