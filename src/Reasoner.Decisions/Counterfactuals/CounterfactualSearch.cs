using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Rdf;

namespace Reasoner.Decisions.Counterfactuals;

/// <summary>
/// Finds the smallest changes of a case that lead to a wanted answer. The changes that the manifest allows span a lattice, which
/// is walked by rising cost, so the first point that succeeds is the cheapest. Most points are never decided: where the wanted
/// answer is rejected, the proof of the violation tells which of the changeable properties it rests on, and no point that
/// agrees with the failed one in these can succeed. Each alternative is decided again from the case itself by the pipeline.
/// </summary>
public sealed class CounterfactualSearch
{
    private const int MostTogether = 32;
    private readonly DecisionPipeline _pipeline;
    private readonly Domain _domain;

    /// <summary>Makes a search among the cases of a domain.</summary>
    public CounterfactualSearch(DecisionPipeline pipeline) => (_pipeline, _domain) = (pipeline, pipeline.Domain);

    /// <summary>A decision together with what would have led to a wanted answer.</summary>
    /// <param name="decision">The decision, made on the versions that are loaded.</param>
    /// <param name="want">The wanted answer, one of the domain's; <see cref="AnswerName"/> finds it by its name.</param>
    /// <param name="options">How far to go; the usual way where left out.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="NothingMayChangeException">The manifest lists no property that may change.</exception>
    /// <exception cref="CaseRefusedException">The decision's case cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public DecisionRecord Explain(DecisionRecord decision, Iri want, CounterfactualOptions? options = null, CancellationToken cancellation = default) =>
        decision with { Counterfactuals = Find(decision, want, options ?? CounterfactualOptions.Default, cancellation) };

    private CounterfactualRecord Find(DecisionRecord decision, Iri want, CounterfactualOptions options, CancellationToken cancellation)
    {
        var wanted = _domain.Answers.IndexOf(want);
        if (wanted < 0) throw new ArgumentException($"{want} is none of the domain's answers.", nameof(want));
        if (decision.Answer?.Iri == want.Value)
        {
            return new CounterfactualRecord
            {
                Want = ReasonText.AnswerOf(_domain, want),
                Status = CounterfactualStatus.Already,
                Complete = true,
                Points = 0,
                Tried = 0,
                Alternatives = [],
            };
        }

        return _domain.Changes.Properties.IsEmpty
            ? throw new NothingMayChangeException(_domain.Name)
            : new Run(this, decision, wanted, options, cancellation).Find();
    }

    /// <summary>One search.</summary>
    private sealed class Run
    {
        private readonly DecisionPipeline _pipeline;
        private readonly Domain _domain;
        private readonly DecisionRecord _decision;
        private readonly CaseInput _input;
        private readonly int _wanted;
        private readonly AnswerReference _want;
        private readonly CounterfactualOptions _options;
        private readonly Effort _effort;
        private readonly CancellationToken _cancellation;
        private readonly ChangedCase _case;
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly Nogoods _nogoods = new();
        private readonly List<ulong> _found = [];
        private readonly ImmutableArray<AlternativeRecord>.Builder _alternatives = ImmutableArray.CreateBuilder<AlternativeRecord>();
        private int _points;
        private int _tried;
        private bool _isCut;

        public Run(CounterfactualSearch search, DecisionRecord decision, int wanted, CounterfactualOptions options, CancellationToken cancellation)
        {
            (_pipeline, _domain, _decision, _wanted, _options, _cancellation) = (search._pipeline, search._domain, decision, wanted, options, cancellation);
            _want = ReasonText.AnswerOf(_domain, _domain.Answers[wanted]);
            _effort = Enum.TryParse<Effort>(decision.Thinking.Effort, ignoreCase: true, out var effort) && Enum.IsDefined(effort)
                ? effort
                : throw new CaseRefusedException($"The record's effort \"{decision.Thinking.Effort}\" is unknown.", []);
            if (decision.Case.Changes is { IsDefaultOrEmpty: false }) throw new CaseRefusedException("The decision is on a changed case; ask about the decision on the case as it was given.", []);
            _input = CaseInput.Of(decision.Case, _domain);
            _case = new ChangedCase(_pipeline, _input, _effort, cancellation);
        }

        public CounterfactualRecord Find()
        {
            // What rejects the wanted answer in the case as it is says what has to change.
            var (row, scores) = _case.Score([default])[0];
            TryPoint(default, row, scores);
            _tried = 0;
            var lattice = new ChangeLattice(_case.Costs, _options.MaxChanges);
            for (var together = 1; !_isCut && _alternatives.Count < _options.Max && Take(lattice, together) is { Count: > 0 } points; together = Math.Min(2 * together, MostTogether))
                TryAll(lattice, points);
            return new CounterfactualRecord
            {
                Want = _want,
                Status = _alternatives.Count > 0 ? CounterfactualStatus.Found : CounterfactualStatus.None,
                Complete = !_isCut,
                Points = _points,
                Tried = _tried,
                Alternatives = _alternatives.ToImmutable(),
            };
        }

        /// <summary>The next points that nothing rules out.</summary>
        private List<ChangePoint> Take(ChangeLattice lattice, int most)
        {
            var points = new List<ChangePoint>(most);
            while (points.Count < most && !IsCut() && lattice.TryNext(IsDead, out var point))
            {
                if (_points++ % 64 == 0) _cancellation.ThrowIfCancellationRequested();
                if (!_nogoods.Exclude(point)) points.Add(point);
            }

            return points;
        }

        private void TryAll(ChangeLattice lattice, List<ChangePoint> points)
        {
            var scored = _case.Score(points);
            for (var i = 0; i < points.Count && _alternatives.Count < _options.Max && !IsCut(); i++)
            {
                // Those before it may have ruled it out.
                var point = points[i];
                if (IsDead(point.Mask) || _nogoods.Exclude(point)) continue;
                if (TryPoint(point, scored[i].Row, scored[i].Scores) && _case.HasShape(point)) Decide(lattice, point);
            }
        }

        /// <summary>Whether a limit is reached; once it is, the search stays cut.</summary>
        private bool IsCut() => _isCut |= _tried >= _options.MaxTried || _points >= _options.MaxPoints || Stopwatch.GetElapsedTime(_started) > _options.MaxDuration;

        /// <summary>Changes of more properties than an alternative needs are none; nor are those that leave alone what has to change.</summary>
        private bool IsDead(ulong properties) => _found.Exists(found => (found & properties) == found) || _nogoods.ExcludeAll(properties);

        private bool TryPoint(ChangePoint point, FeatureRow? row, Scores scores)
        {
            _cancellation.ThrowIfCancellationRequested();
            _tried++;
            try
            {
                var (answer, facts) = _case.Try(point, row, scores);
                if (answer == _wanted) return true;
                Learn(point, facts);
            }
            catch (EvaluationLimitException)
            {
                // Nobody knows what this case would have come to, so the search cannot claim to have seen everything.
                _isCut = true;
            }

            return false;
        }

        /// <summary>Remembers why the wanted answer was rejected.</summary>
        private void Learn(ChangePoint point, Materialization facts)
        {
            ProofBuilder? proofs = null;
            foreach (var violation in facts.Graph.Match(_domain.Terms.Candidates[_wanted], _domain.Terms.Violates).ToList())
            {
                proofs ??= new ProofBuilder(facts, _domain.RuleNames, _cancellation);
                _nogoods.Add(_domain.Changes.Dependencies.Of(proofs.Prove(violation)!, _case.ProofPlaces), point);
            }
        }

        /// <summary>Decides a point from the case itself; what that does not confirm is not offered.</summary>
        private void Decide(ChangeLattice lattice, ChangePoint point)
        {
            var changes = _case.Describe(point);
            var input = _input.With([.. changes.Select(change => new CaseChange(change.Path, change.From, change.To))]);
            var decision = _pipeline.Decide(input, new DecisionOptions { Effort = _effort, Explanation = _options.Explanation }, _cancellation);
            if (decision.Answer != _want) return;
            _found.Add(point.Mask);
            _alternatives.Add(new AlternativeRecord
            {
                Text = CounterfactualText.Sentence(_domain, _want, changes),
                Cost = lattice.CostOf(point),
                Changes = changes,
                Answer = _want,
                Confidence = decision.Confidence!.Value,
                Decision = decision with { Id = string.Create(CultureInfo.InvariantCulture, $"{_decision.Id}.{_alternatives.Count + 1}") },
            });
        }
    }
}
