using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>
/// Lets the rules' verdicts teach models in which order to propose, and measures on cases that a model had not seen what
/// that gives. Verdicts are asked with the scores of models that had not seen the case, as decisions on new cases are.
/// </summary>
internal sealed class VerifierTraining(
    Domain domain, IReadOnlyList<LabelledCase> cases, CancellationToken cancellation, ReinforcementOptions? reinforcement = null)
{
    private readonly DecisionPipeline _pipeline = new(domain);
    private readonly string[] _answers = [.. domain.Answers.Select(answer => answer.Value)];

    /// <summary>Teaches each fold's model by the cases that it learned from, and judges it by those that it did not.</summary>
    public (CrossValidationResult Result, VerifierFigures Figures) Reinforce(CrossValidationResult result)
    {
        var heldOut = result.HeldOut.ToArray();
        var models = new List<TrainedMixture>();
        var (before, after) = (new List<(ProposalRecord, int)>(), new List<(ProposalRecord, int)>());
        for (var fold = 0; fold < result.Models.Count; fold++)
        {
            int[] tested = [.. Rows(row => result.FoldOf[row] == fold)];
            var model = Teach(result.Models[fold], [.. Rows(row => result.FoldOf[row] != fold)]);
            VerifiedRow[] unseen = Verify(tested, row => result.HeldOut[row]);
            before.Add((PolicyOptimisation.Judge(result.Models[fold], _answers, unseen), unseen.Length));
            after.Add((PolicyOptimisation.Judge(model, _answers, unseen), unseen.Length));
            foreach (var row in tested) heldOut[row] = model.Propose(cases[row].Row.Row);
            models.Add(model);
        }

        return (
            new CrossValidationResult(result.Folds, result.ExpertLoad)
            {
                HeldOut = heldOut,
                FoldOf = result.FoldOf,
                Models = models,
                Teachers = result.Teachers,
                Teacher = result.Teacher,
            },
            new VerifierFigures(Mean(before), Mean(after)));
    }

    /// <summary>Teaches a model by the cases that it learned from; one that held none of them out stays as it is.</summary>
    public TrainedMixture Teach(TrainedMixture model, int[] learned, IProgress<ReinforcementProgress>? progress = null)
    {
        if (model.HeldOut.Count != learned.Length) return model;
        var proposals = learned.Zip(model.HeldOut).ToDictionary(pair => pair.First, pair => pair.Second);
        var defaults = reinforcement ?? new();
        var options = defaults with
        {
            Seed = model.Options.Seed,
            UntaughtPrior = domain.Manifest.Fallback is { Score: > 0 and < 1 } fallback ? fallback.Score : defaults.UntaughtPrior,
        };
        return PolicyOptimisation.Train(model, _answers, Verify(learned, row => proposals[row]), options, progress, cancellation);
    }

    private VerifiedRow[] Verify(int[] rows, Func<int, Proposal> proposalOf)
    {
        var verified = new VerifiedRow[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var (input, row) = cases[rows[i]];
            verified[i] = new(row.Row, row.Label, _pipeline.Verdicts(input, LabelledCases.ScoresOf(domain, proposalOf(rows[i])), cancellation));
        });
        return verified;
    }

    private IEnumerable<int> Rows(Func<int, bool> isChosen) => Enumerable.Range(0, cases.Count).Where(isChosen);

    private static ProposalRecord Mean(List<(ProposalRecord Record, int Rows)> folds)
    {
        double Of(Func<ProposalRecord, double> figure) => folds.Sum(fold => figure(fold.Record) * fold.Rows) / folds.Sum(fold => fold.Rows);
        return new(Of(each => each.Survival), Of(each => each.SecondSurvival), Of(each => each.Accuracy), Of(each => each.DecidedAccuracy), Of(each => each.Reward));
    }
}

/// <summary>How proposals fare on cases that the models had not seen.</summary>
/// <param name="Before">Before the verifier taught them.</param>
/// <param name="After">After it.</param>
public sealed record VerifierFigures(ProposalRecord Before, ProposalRecord After);
