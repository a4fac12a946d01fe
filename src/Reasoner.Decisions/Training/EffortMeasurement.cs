using System.Collections.Immutable;
using System.Diagnostics;
using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>What each level of effort gives and costs, on cases that the deciding model had not seen.</summary>
internal static class EffortMeasurement
{
    /// <summary>So many cases tell the levels apart; more only take time.</summary>
    private const int MostCases = 5_000;

    private const int WarmUps = 100;

    private static readonly Effort[] _efforts = [Effort.Low, Effort.Medium, Effort.High];

    /// <summary>Decides the held-out cases of each fold by that fold's model, written to a file and run as in service.</summary>
    public static ImmutableArray<EffortSummary> Of(
        Domain domain, IReadOnlyList<LabelledCase> cases, CrossValidationResult result, CancellationToken cancellation)
    {
        var tallies = _efforts.ToDictionary(effort => effort, _ => new Tally());
        var step = Math.Max(1, cases.Count / MostCases);
        for (var fold = 0; fold < result.Models.Count; fold++)
        {
            var folder = Directory.CreateTempSubdirectory("reasoner-effort-");
            try
            {
                ModelFolder.Write(folder.FullName, result.Models[fold], "held out", new TrainingDataCard("", new string('0', 64), 0, ""));
                // Without a cache: a case that comes again for the next level would cost that level nothing.
                using var proposer = MixtureProposer.Load(folder.FullName, cachePlaces: 0);
                Decide(domain, new DecisionPipeline(domain, proposer), [.. cases.Where((_, row) => result.FoldOf[row] == fold && row % step == 0)], tallies, cancellation);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return [.. _efforts.Select(effort => tallies[effort].ToSummary(effort))];
    }

    private static void Decide(
        Domain domain, DecisionPipeline pipeline, LabelledCase[] cases, Dictionary<Effort, Tally> tallies, CancellationToken cancellation)
    {
        var fallback = domain.Terms.Fallback < 0 ? null : domain.Answers[domain.Terms.Fallback].Value;
        for (var i = 0; i < WarmUps && cases.Length > 0; i++)
            pipeline.Decide(cases[i % cases.Length].Input, new DecisionOptions { Effort = _efforts[i % _efforts.Length] }, cancellation);
        foreach (var (input, row) in cases)
        {
            // The levels take turns, so that what else the machine does strikes all alike.
            foreach (var effort in _efforts)
            {
                var start = Stopwatch.GetTimestamp();
                var record = pipeline.Decide(input, new DecisionOptions { Effort = effort }, cancellation);
                tallies[effort].Add(record, row.Label, fallback, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }
    }

    private sealed class Tally
    {
        private readonly List<double> _microseconds = [];
        private int _valid;
        private int _decided;
        private int _right;
        private int _rounds;
        private int _experts;

        public void Add(DecisionRecord record, string label, string? fallback, double microseconds)
        {
            _microseconds.Add(microseconds);
            _rounds += record.Thinking.Rounds;
            _experts += record.Thinking.ExpertsRun;
            if (record.Answer is not { } answer) return;
            _valid++;
            if (answer.Iri == fallback) return;
            _decided++;
            if (answer.Iri == label) _right++;
        }

        public EffortSummary ToSummary(Effort effort)
        {
            _microseconds.Sort();
            var cases = _microseconds.Count;
            return new(
                effort.ToString().ToLowerInvariant(), _decided == 0 ? 0 : (double)_right / _decided, (double)_valid / cases,
                _microseconds[cases / 2], _microseconds[(int)(cases * 0.99)])
            {
                Decided = (double)_decided / cases,
                Rounds = (double)_rounds / cases,
                Experts = (double)_experts / cases,
            };
        }
    }
}
