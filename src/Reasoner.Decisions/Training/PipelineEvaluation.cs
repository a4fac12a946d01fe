using System.Diagnostics;
using System.Security.Cryptography;
using Reasoner.Experts;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>
/// Evaluates a domain on labelled cases: the model alone, the rules alone, and both together. Where the model was trained on
/// the file, models that have not seen a case are trained too, for figures that do not flatter.
/// </summary>
public static class PipelineEvaluation
{
    private static readonly DecisionOptions _verdictsOnly = new() { Explanation = Explanation.None };

    /// <summary>Evaluates.</summary>
    /// <param name="domain">The domain, loaded with its model where it has one.</param>
    /// <param name="path">A table of labelled cases.</param>
    /// <param name="crossValidate">Whether to cross-validate; null does so where the model was trained on this very file.</param>
    /// <param name="progress">Told the number of cases decided.</param>
    /// <param name="training">Told after every epoch of cross-validation.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">The domain has no label, or the file cannot be read, or no row has an outcome.</exception>
    /// <exception cref="ModelException">The rows cannot be cross-validated.</exception>
    public static EvaluationReport Run(
        Domain domain,
        string path,
        bool? crossValidate = null,
        IProgress<int>? progress = null,
        IProgress<TrainingProgress>? training = null,
        CancellationToken cancellation = default)
    {
        if (domain.Manifest.Label is not { } label)
            throw new DomainException($"The domain {domain.Name} declares no label; add one to its manifest to evaluate it.");
        var labelAnswers = label.Answers.Values.Distinct().Select(answer => domain.Manifest.Answers.IndexOf(answer)).Order().ToList();
        var run = new Evaluation(domain, labelAnswers, cancellation);
        foreach (var input in LabelledCases.Read(domain, path, cancellation))
        {
            run.Add(input);
            progress?.Report(run.Count);
        }

        if (run.Count == 0)
            throw new DomainException([$"{path}: error: no row has an outcome; evaluation needs labelled cases.", .. run.Refused.Take(10)]);
        var hash = HashOf(path);
        var inSample = domain.Proposer is { Card.Data.Sha256: var trainedOn } && string.Equals(trainedOn, hash, StringComparison.OrdinalIgnoreCase);
        return run.Report(path, hash, inSample, (crossValidate ?? inSample) && domain.Features.Schema is not null, training);
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
        private readonly List<double> _latencies = [];
        private readonly AnswerTally _model = new(domain, labelAnswers);
        private readonly AnswerTally _modelWhereDecided = new(domain, labelAnswers);
        private readonly AnswerTally _rules = new(domain, labelAnswers);
        private readonly AnswerTally _together = new(domain, labelAnswers);
        private int _unlabelled;
        private int _invalid;

        public int Count => _cases.Count;

        public List<string> Refused { get; } = [];

        public void Add(CaseInput input)
        {
            try
            {
                var (materialization, subject) = _pipeline.Represent(input, cancellation);
                if (LabelledCases.OutcomeOf(domain, materialization.Graph, subject) is not { } outcome)
                {
                    _unlabelled++;
                    return;
                }

                var start = Stopwatch.GetTimestamp();
                var record = _pipeline.Decide(input, _verdictsOnly, cancellation);
                _latencies.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                var row = domain.Features.Schema is null ? null : domain.Features.Read(materialization.Graph, subject);
                Tally(new EvaluatedCase(input, row, domain.Answers.IndexOf(outcome)), _pipeline.Rejected(materialization.Graph), record);
            }
            catch (CaseRefusedException exception)
            {
                Refused.Add($"row {input.Row?.Number}: {exception.Message.ReplaceLineEndings("; ")}");
            }
        }

        public EvaluationReport Report(string path, string hash, bool inSample, bool crossValidate, IProgress<TrainingProgress>? training) => new(
            domain.Name,
            path,
            hash,
            Count,
            _unlabelled,
            [.. Refused],
            inSample,
            domain.Proposer is null ? null : _model.ToFigures(),
            _rules.ToFigures(),
            _together.ToFigures(),
            _modelWhereDecided.ToFiguresOrNone(),
            crossValidate ? CrossValidate(training) : null,
            domain.Proposer is null ? null : Math.Round((double)_invalid / Count, 6),
            Math.Round(MedianOf(_latencies), 1));

        private void Tally(EvaluatedCase each, bool[] rejectedByRules, DecisionRecord record)
        {
            _cases.Add(each);
            var byAnswer = record.Candidates.ToDictionary(candidate => new Iri(candidate.Answer.Iri));
            double[] scores = [.. domain.Answers.Select(answer => byAnswer[answer].Score)];
            bool[] rejected = [.. domain.Answers.Select(answer => byAnswer[answer].Verdict == Verdict.Rejected)];
            _rules.Add(each.Outcome, OnlyAnswerLeft(rejectedByRules), [.. scores.Select(_ => 1.0)], rejectedByRules);
            var answer = record.Answer is null ? AnswerTally.None : domain.Answers.IndexOf(new Iri(record.Answer.Iri));
            _together.Add(each.Outcome, answer, scores, rejected);
            if (domain.Proposer is null) return;
            var likeliest = Likeliest(scores);
            _model.Add(each.Outcome, likeliest, scores, null);
            if (_together.IsDecision(answer)) _modelWhereDecided.Add(each.Outcome, likeliest, scores, null);
            if (rejected[likeliest]) _invalid++;
        }

        /// <summary>Every case once more, with the scores of a model that has not seen it.</summary>
        private OutOfSampleFigures CrossValidate(IProgress<TrainingProgress>? training)
        {
            var rows = _cases.Select(each => new LabelledRow(each.Features!, domain.Answers[each.Outcome].Value)).ToList();
            var result = CrossValidation.Run(
                domain.Features.Schema!, rows, ModelTrainer.OptionsOf(domain.Manifest, domain.Proposer?.Card.Training.Options.Seed), progress: training, cancellation: cancellation);
            var model = new AnswerTally(domain, labelAnswers);
            var together = new AnswerTally(domain, labelAnswers);
            var whereDecided = new AnswerTally(domain, labelAnswers);
            var invalid = 0;
            for (var i = 0; i < _cases.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var (input, _, outcome) = _cases[i];
                double[] scores = [.. domain.Answers.Select((answer, place) => Math.Round(
                    place == domain.Terms.Fallback ? domain.Manifest.Fallback!.Score : result.HeldOut[i].ProbabilityOf(answer.Value), 6))];
                var rejected = _pipeline.Rejected(input, scores, cancellation);
                var likeliest = Likeliest(scores);
                if (rejected[likeliest]) invalid++;
                model.Add(outcome, likeliest, scores, null);
                var best = BestLeft(scores, rejected);
                together.Add(outcome, best, scores, rejected);
                if (together.IsDecision(best)) whereDecided.Add(outcome, likeliest, scores, null);
            }

            return new OutOfSampleFigures(
                result.Folds.Count,
                model.ToFigures(),
                together.ToFigures(),
                whereDecided.ToFiguresOrNone(),
                Math.Round((double)invalid / Count, 6),
                Figure(result.Accuracy),
                Figure(result.Auc),
                Figure(result.Brier));
        }

        private static FoldFigure Figure(FoldMeasure measure) => new(Math.Round(measure.Mean, 6), Math.Round(measure.Deviation, 6));

        private int Likeliest(double[] scores) => labelAnswers.MaxBy(answer => scores[answer]);

        /// <summary>The best answer that is not rejected; of equals the manifest's first, as in decisions.</summary>
        private static int BestLeft(double[] scores, bool[] rejected)
        {
            var left = Enumerable.Range(0, scores.Length).Where(answer => !rejected[answer]).ToList();
            return left.Count == 0 ? AnswerTally.None : left.MaxBy(answer => scores[answer]);
        }

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

        private static double MedianOf(List<double> figures)
        {
            figures.Sort();
            var middle = figures.Count / 2;
            return figures.Count % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
        }
    }

    /// <summary>A labelled case: what was given, what the model reads, and the place of the answer that would have been right.</summary>
    private sealed record EvaluatedCase(CaseInput Input, FeatureRow? Features, int Outcome);
}
