using System.Collections.Immutable;
using Reasoner.Constraints.Joint;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Puts a joint decision into words: candidates, limits and alternatives, each with the proofs of the facts that state it.</summary>
internal sealed class JointExplainer
{
    private static readonly Iri _orderProperty = new("http://www.w3.org/ns/shacl#order");
    private readonly Domain _domain;
    private readonly JointProblem _problem;
    private readonly JointNames _names;
    private readonly JointWords _words;
    private readonly Explanation _explanation;
    private readonly int _order;
    private readonly ProofBuilder _proofs;
    private readonly ProofRecorder _recorder;
    private readonly Dictionary<Fact, Told> _told = [];

    public JointExplainer(Domain domain, JointProblem problem, Materialization materialization, Explanation explanation, CancellationToken cancellation)
    {
        (_domain, _problem, _explanation) = (domain, problem, explanation);
        _names = new JointNames(domain, materialization.Graph);
        _words = new JointWords(problem, node => _names[node]);
        _order = materialization.Graph.Terms.Find(_orderProperty);
        _proofs = new ProofBuilder(materialization, domain.RuleNames, cancellation);
        _recorder = new ProofRecorder(rule => ReasonText.LabelOfRule(domain, rule));
    }

    /// <summary>The names of things.</summary>
    public JointNames Names => _names;

    /// <summary>All steps so far.</summary>
    public ImmutableSortedDictionary<string, ProofStep> Steps => _recorder.Steps;

    /// <summary>The labels of the IRIs in them.</summary>
    public ImmutableSortedDictionary<string, string> Labels => TermLabels.Of(_names.GivenTo, _recorder.Nodes);

    /// <summary>What was chosen, slot by slot.</summary>
    public ImmutableArray<SlotAnswer> Answers(IEnumerable<int> chosen)
    {
        var bySlot = chosen.ToLookup(candidate => _problem.Candidates[candidate].Slot);
        var (rows, columns) = (_domain.Manifest.Slots!.Rows, _domain.Manifest.Slots.Columns);
        return [.. _problem.Slots
            .Select((slot, place) => (Slot: slot.Node, Row: PlaceOf(slot.Node, rows), Column: PlaceOf(slot.Node, columns), Chosen: bySlot[place]))
            .OrderBy(each => OrderOf(each.Row)).ThenBy(each => OrderOf(each.Column)).ThenBy(each => OrderOf(each.Slot))
            .Select(each => new SlotAnswer(_names.Node(each.Slot), Node(each.Row), Node(each.Column), [.. each.Chosen.Select(AnswerOf)]))];

        NamedNode? Node(int node) => node == 0 ? null : _names.Node(node);
    }

    /// <summary>The record of every candidate. Reasons for are proved for chosen ones, reasons against for all.</summary>
    public ImmutableArray<CandidateRecord> Candidates(ImmutableArray<int> chosen)
    {
        var isChosen = chosen.ToHashSet();
        var ranks = _problem.Slots.SelectMany(slot => Enumerable.Range(0, _problem.Candidates.Length).Take(slot.Candidates)
            .OrderByDescending(isChosen.Contains).ThenByDescending(candidate => _problem.Candidates[candidate].Score)
            .Select((candidate, rank) => (candidate, rank: rank + 1))).ToDictionary(pair => pair.candidate, pair => pair.rank);
        var violations = ByCandidate(_domain.Terms.Violates);
        var supports = ByCandidate(_domain.Terms.SupportedBy);
        return [.. _problem.Candidates.Select((candidate, i) =>
        {
            var against = violations[candidate.Node].Select(Tell).ToList();
            return new CandidateRecord
            {
                Candidate = DecisionPipeline.Name(_names.Graph.Terms[candidate.Node]),
                Slot = DecisionPipeline.Name(_names.Graph.Terms[_problem.Slots[candidate.Slot].Node]),
                Chosen = isChosen.Contains(i),
                Answer = AnswerOf(i),
                Score = candidate.Score ?? 0,
                Rank = ranks[i],
                Verdict = against.Count == 0 ? Verdict.Accepted : Verdict.Rejected,
                Violations = [.. InOrder(against).Select(each => new ViolationRecord(each.Iri, each.Label, each.Code, each.Because, each.Source, ProofOf(each)))],
                Supports = isChosen.Contains(i)
                    ? [.. InOrder(supports[candidate.Node].Select(Tell)).Select(each => new SupportRecord(each.Iri, each.Label, each.Code, each.Because, each.Source, ProofOf(each)))]
                    : [],
                Preferences = isChosen.Contains(i) ? [.. candidate.Preferences.Select(Describe)] : [],
            };
        })];
    }

    /// <summary>A limit in words.</summary>
    public LimitRecord Limit(int constraint)
    {
        var told = _problem.Constraints[constraint].Facts.Select(Tell).ToList();
        return LimitWords.Describe(
            _problem, _names, _words, constraint, [.. told.Select(each => new StatedBecause(each.Code, each.Because, each.Source, each.Node?.Rule is not null))],
            [.. told.Select(ProofOf).OfType<string>()]);
    }

    /// <summary>Why another candidate was not chosen.</summary>
    public SlotAlternative Alternative(JointAlternative alternative, JointSolution solution)
    {
        var candidate = _problem.Candidates[alternative.Candidate];
        var limits = alternative.Constraints.Select(Limit).ToImmutableArray();
        var isTold = alternative.Reproach == JointReproach.Costlier;
        var changes = isTold ? Changes(candidate.Slot, solution.Chosen, alternative.Chosen) : [];
        var verdict = (AlternativeVerdict)alternative.Reproach;
        double? cost = isTold ? JointProblem.InUnits(alternative.Cost) : null;
        return new SlotAlternative
        {
            Candidate = DecisionPipeline.Name(_names.Graph.Terms[candidate.Node]),
            Answer = AnswerOf(alternative.Candidate),
            Verdict = verdict,
            Text = LimitWords.Describe(verdict, limits, cost, alternative.IsExact, changes.Length),
            Limits = limits,
            Cost = cost,
            IsExact = alternative.IsExact,
            Changes = changes,
            Preferences = isTold ? PreferenceChanges(solution.Chosen, alternative.Chosen) : [],
        };
    }

    /// <summary>A way out.</summary>
    public RelaxationRecord Relaxation(JointRelaxation relaxation) => new(
        [.. relaxation.Changes.Select(change => (Change: change, Limit: Limit(change.Constraint))).Select(each => new LimitChange(each.Limit, _words.Change(each.Change, each.Limit.Text)))],
        relaxation.IsCheapest,
        [.. relaxation.Chosen.Select(candidate => DecisionPipeline.Name(_names.Graph.Terms[_problem.Candidates[candidate].Node]))]);

    /// <summary>How late a limit is given up: what its node or the rule that states it says; 0 for never.</summary>
    public int PriorityOf(JointConstraint constraint) =>
        JointPriorities.Of(_names.Graph, constraint.Facts.Select(RuleOf).Where(rule => rule != 0).Append(constraint.About));

    /// <summary>How many limits there are of each kind.</summary>
    public static ImmutableSortedDictionary<string, int> Count(JointProblem problem) =>
        problem.Constraints.GroupBy(constraint => LimitWords.NameOf(constraint.Kind)).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private ImmutableArray<SlotChange> Changes(int apart, ImmutableArray<int> from, ImmutableArray<int> to)
    {
        var (before, after) = (from.ToLookup(candidate => _problem.Candidates[candidate].Slot), to.ToLookup(candidate => _problem.Candidates[candidate].Slot));
        return [.. Enumerable.Range(0, _problem.Slots.Length)
            .Where(slot => slot != apart && !before[slot].SequenceEqual(after[slot]))
            .Select(slot => new SlotChange(_names.Node(_problem.Slots[slot].Node), Labels(before[slot]), Labels(after[slot])))];

        string Labels(IEnumerable<int> candidates) => string.Join(", ", candidates.Select(candidate => AnswerOf(candidate).Label));
    }

    private ImmutableArray<PreferenceChange> PreferenceChanges(ImmutableArray<int> from, ImmutableArray<int> to) =>
    [
        .. from.Except(to).SelectMany(candidate => Weights(candidate, -1)),
        .. to.Except(from).SelectMany(candidate => Weights(candidate, 1)),
    ];

    private IEnumerable<PreferenceChange> Weights(int candidate, int sign) =>
        _problem.Candidates[candidate].Preferences.Select(preference => new PreferenceChange(
            sign * preference.Weight, $"{_words.Candidate(candidate)}: {Tell(preference.Fact).Because ?? "stated"}"));

    private AnswerReference AnswerOf(int candidate)
    {
        var answer = _words.AnswerOf(candidate);
        return new AnswerReference(DecisionPipeline.Name(_names.Graph.Terms[answer]), _names[answer]);
    }

    /// <summary>A slot's row or column; 0 where it has none.</summary>
    private int PlaceOf(int slot, string? property) =>
        property is not null && _names.Graph.Terms.Find(_domain.Manifest.Expand(property)) is var id and not 0
            ? _names.Graph.ObjectsOf(slot, id).OrderBy(OrderOf).FirstOrDefault()
            : 0;

    /// <summary>Where a node comes when it is shown with others: by its <c>sh:order</c>, then its label, then its IRI.</summary>
    private (double, string, string) OrderOf(int node) => node == 0 ? default : (
        _order == 0 ? 0 : _names.Graph.ObjectsOf(node, _order).Select(value => _names.Graph.Terms.ValueOf(value).TryGetDouble(out var number) ? number : 0).FirstOrDefault(),
        _names[node],
        DecisionPipeline.Name(_names.Graph.Terms[node]));

    private ILookup<int, Fact> ByCandidate(int predicate) => _names.Graph.Match(0, predicate).ToLookup(fact => fact.Subject);

    private PreferenceRecord Describe(JointPreference preference)
    {
        var told = Tell(preference.Fact);
        return new PreferenceRecord(preference.Weight, told.Code, told.Because, told.Source, ProofOf(told));
    }

    private static IEnumerable<Told> InOrder(IEnumerable<Told> reasons) =>
        reasons.OrderBy(reason => reason.Code, StringComparer.Ordinal).ThenBy(reason => reason.Iri, StringComparer.Ordinal);

    private string? ProofOf(Told told) => told.Node is null || _explanation != Explanation.Full ? null : _recorder.Add(told.Node);

    private int RuleOf(Fact fact) =>
        _proofs.Prove(fact)?.Rule is { } rule && _domain.RuleNames.TryGetNumber(rule, out var number) && _domain.Rules.Rules[number].Name is { } name
            ? _names.Graph.Terms.Find(name)
            : 0;

    private Told Tell(Fact fact)
    {
        if (_told.TryGetValue(fact, out var told)) return told;
        var what = _names.Graph.Terms[fact.Object];
        told = new Told(DecisionPipeline.Name(what), _names[fact.Object], null, null, null, null);
        if (_explanation != Explanation.None && _proofs.Prove(fact) is { } proof)
        {
            var (code, because, source) = ReasonText.Of(_domain, proof, _names.Of);
            told = told with { Code = code, Because = because, Source = source, Node = proof };
        }

        return _told[fact] = told;
    }

    /// <summary>A fact as a reason.</summary>
    private sealed record Told(string Iri, string Label, string? Code, string? Because, string? Source, ProofNode? Node);
}
