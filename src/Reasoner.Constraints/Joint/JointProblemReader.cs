using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Constraints.Joint;

/// <summary>How the facts of a joint decision are read.</summary>
public sealed record JointReading
{
    /// <summary>The fewest candidates of a slot that states no <c>rsn:atLeast</c>.</summary>
    public int AtLeast { get; init; } = 1;

    /// <summary>The most candidates of a slot that states no <c>rsn:atMost</c>.</summary>
    public int AtMost { get; init; } = 1;

    /// <summary>How much one unit of log-odds of a score is worth beside <c>rsn:prefers</c>.</summary>
    public double ModelWeight { get; init; } = 1;

    /// <summary>The answers in their order; others follow by the text of their IRIs.</summary>
    public ImmutableArray<Iri> Answers { get; init; } = [];
}

/// <summary>
/// Reads a joint decision off a graph in which everything has been derived: rules, data and the model's scores have said
/// what there is to say, and this puts it together.
/// </summary>
public sealed class JointProblemReader
{
    /// <summary>A score nearer to 0 or 1 than this counts as so near: log-odds have no bound, and no model is that sure.</summary>
    public const double ScoreMargin = 0.001;

    /// <summary>More than any sum of weights or amounts that a solver can count in 64 bits.</summary>
    private const double MaximumNumber = 1e12;

    private readonly KnowledgeGraph _graph;
    private readonly JointReading _reading;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _problems = [];
    private readonly Dictionary<int, int> _candidateAt = [];
    private readonly Dictionary<int, int> _answerOrder;

    private JointProblemReader(KnowledgeGraph graph, JointReading reading, CancellationToken cancellation)
    {
        (_graph, _reading, _cancellation) = (graph, reading, cancellation);
        _answerOrder = [];
        foreach (var answer in reading.Answers)
            if (graph.Terms.Find(answer) is > 0 and var id) _answerOrder.TryAdd(id, _answerOrder.Count);
    }

    /// <summary>Reads the problem.</summary>
    /// <param name="graph">The facts, asserted and derived.</param>
    /// <param name="reading">What holds where the facts are silent.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="JointProblemException">A candidate of two slots, an amount that is no whole number, and the like.</exception>
    public static JointProblem Read(KnowledgeGraph graph, JointReading reading, CancellationToken cancellation = default)
    {
        var reader = new JointProblemReader(graph, reading, cancellation);
        var problem = reader.Read();
        return reader._problems.Count == 0 ? problem : throw new JointProblemException([.. reader._problems.Take(20)]);
    }

    private JointProblem Read()
    {
        var slotOf = SlotsOfCandidates();
        var declared = Id(JointVocabulary.SlotClass) is var slotClass and not 0 ? _graph.Match(0, Id(RdfVocabulary.Type), slotClass).Select(fact => fact.Subject) : [];
        var slots = slotOf.Values.Concat(declared).Distinct().OrderBy(Text, StringComparer.Ordinal).ToList();
        var bySlot = slotOf.ToLookup(pair => pair.Value, pair => pair.Key);
        var candidates = ImmutableArray.CreateBuilder<JointCandidate>(slotOf.Count);
        var read = ImmutableArray.CreateBuilder<JointSlot>(slots.Count);
        foreach (var slot in slots)
        {
            _cancellation.ThrowIfCancellationRequested();
            var first = candidates.Count;
            foreach (var (node, answer) in bySlot[slot].Select(node => (node, answer: AnswerOf(node)))
                .OrderBy(pair => _answerOrder.GetValueOrDefault(pair.answer, int.MaxValue)).ThenBy(pair => Text(pair.node), StringComparer.Ordinal))
            {
                _candidateAt.Add(node, candidates.Count);
                candidates.Add(CandidateOf(node, read.Count, answer));
            }

            var (atLeast, atMost) = (NumberOf(slot, JointVocabulary.AtLeast, _reading.AtLeast), NumberOf(slot, JointVocabulary.AtMost, _reading.AtMost));
            if (atLeast > atMost) _problems.Add($"{Text(slot)} takes at least {atLeast} and at most {atMost} candidates; correct rsn:atLeast or rsn:atMost.");
            read.Add(new JointSlot(slot, (int)atLeast, (int)atMost, first..candidates.Count));
        }

        if (read.Count == 0)
            _problems.Add("There are no slots; a joint decision needs candidates with rsn:slot, stated or concluded by rules.");
        var all = candidates.ToImmutable();
        return new JointProblem(read.ToImmutable(), all, [.. SlotLimits(read), .. Violations(all), .. Exclusions(), .. Requirements(), .. Resources()]);
    }

    private Dictionary<int, int> SlotsOfCandidates()
    {
        var slotOf = new Dictionary<int, int>();
        foreach (var fact in Facts(JointVocabulary.Slot))
        {
            if (slotOf.TryAdd(fact.Subject, fact.Object) || slotOf[fact.Subject] == fact.Object) continue;
            _problems.Add($"{Text(fact.Subject)} is a candidate for two slots, {Text(slotOf[fact.Subject])} and {Text(fact.Object)}; give each slot a candidate of its own.");
        }

        return slotOf;
    }

    private int AnswerOf(int candidate)
    {
        var answers = ObjectsOf(candidate, JointVocabulary.Answer).ToList();
        if (answers.Count > 1) _problems.Add($"{Text(candidate)} has {answers.Count} answers; a candidate has one rsn:answer.");
        return answers.Count == 0 ? 0 : answers[0];
    }

    private JointCandidate CandidateOf(int node, int slot, int answer)
    {
        var preferences = ImmutableArray.CreateBuilder<JointPreference>();
        if (Id(JointVocabulary.Prefers) is var prefers and not 0)
        {
            foreach (var fact in _graph.Match(node, prefers).OrderBy(fact => Text(fact.Object), StringComparer.Ordinal))
            {
                if (_graph.Terms.ValueOf(fact.Object).TryGetDouble(out var weight) && Math.Abs(weight) <= MaximumNumber / JointProblem.Scale) preferences.Add(new JointPreference(fact, weight));
                else _problems.Add($"{Text(node)} prefers {Text(fact.Object)}, which is no number from -1e9 to 1e9.");
            }
        }

        double? score = null;
        foreach (var value in ObjectsOf(node, JointVocabulary.Score))
        {
            if (_graph.Terms.ValueOf(value).TryGetDouble(out var number) && number is >= 0 and <= 1) score = number;
            else _problems.Add($"{Text(node)} has the score {Text(value)}, which is no number from 0 to 1.");
        }

        return new JointCandidate(node, slot, answer, score, preferences.ToImmutable(), ValueOf(preferences.Sum(preference => preference.Weight), score));
    }

    private long ValueOf(double weights, double? score)
    {
        var value = weights;
        if (score is { } probability)
        {
            var kept = Math.Clamp(probability, ScoreMargin, 1 - ScoreMargin);
            value += _reading.ModelWeight * Math.Log(kept / (1 - kept));
        }

        return (long)Math.Round(value * JointProblem.Scale, MidpointRounding.AwayFromZero);
    }

    private IEnumerable<JointConstraint> SlotLimits(IEnumerable<JointSlot> slots) => slots.Select(slot => new JointConstraint(
        JointConstraintKind.Slot,
        slot.Node,
        [.. Stated(slot.Node, JointVocabulary.AtLeast), .. Stated(slot.Node, JointVocabulary.AtMost)],
        [.. Enumerable.Range(slot.Candidates.Start.Value, slot.Candidates.End.Value - slot.Candidates.Start.Value).Select(candidate => new JointTerm(candidate, 1))],
        slot.AtLeast,
        slot.AtMost));

    /// <summary>One constraint for what the candidates of a slot violate together, such as a person's leave on a day.</summary>
    private IEnumerable<JointConstraint> Violations(ImmutableArray<JointCandidate> candidates) =>
        Between(JointVocabulary.Violates, bothAreCandidates: false)
            .GroupBy(fact => (candidates[_candidateAt[fact.Subject]].Slot, fact.Object))
            .OrderBy(group => group.Key.Slot).ThenBy(group => Text(group.Key.Object), StringComparer.Ordinal)
            .Select(group =>
            {
                var facts = group.OrderBy(fact => _candidateAt[fact.Subject]).ToImmutableArray();
                return new JointConstraint(
                    JointConstraintKind.Violation, group.Key.Object, facts, [.. facts.Select(fact => new JointTerm(_candidateAt[fact.Subject], 1))], null, 0);
            });

    private IEnumerable<JointConstraint> Exclusions()
    {
        var pairs = new Dictionary<(int, int), ImmutableArray<Fact>>();
        foreach (var fact in Between(JointVocabulary.Excludes, bothAreCandidates: true))
        {
            var (first, second) = (_candidateAt[fact.Subject], _candidateAt[fact.Object]);
            if (first == second)
            {
                _problems.Add($"{Text(fact.Subject)} excludes itself; a candidate that may not be chosen rsn:violates a constraint.");
                continue;
            }

            // a excludes b and b excludes a say the same.
            var pair = (Math.Min(first, second), Math.Max(first, second));
            pairs[pair] = pairs.TryGetValue(pair, out var facts) ? facts.Add(fact) : [fact];
        }

        return pairs.OrderBy(pair => pair.Key).Select(pair => new JointConstraint(
            JointConstraintKind.Exclusion, pair.Value[0].Subject, pair.Value, [new JointTerm(pair.Key.Item1, 1), new JointTerm(pair.Key.Item2, 1)], null, 1));
    }

    private IEnumerable<JointConstraint> Requirements() =>
        Between(JointVocabulary.Requires, bothAreCandidates: true)
            .Where(fact => fact.Subject != fact.Object)
            .Select(fact => (fact, first: _candidateAt[fact.Subject], second: _candidateAt[fact.Object]))
            .OrderBy(pair => (pair.first, pair.second))
            .Select(pair => new JointConstraint(
                JointConstraintKind.Requirement, pair.fact.Subject, [pair.fact], [new JointTerm(pair.first, 1), new JointTerm(pair.second, -1)], null, 0));

    private IEnumerable<JointConstraint> Resources()
    {
        var consumed = Consumptions();
        foreach (var (property, kind) in new[] { (JointVocabulary.Capacity, JointConstraintKind.Capacity), (JointVocabulary.Demand, JointConstraintKind.Demand) })
        {
            foreach (var fact in Facts(property).OrderBy(fact => Text(fact.Subject), StringComparer.Ordinal).ThenBy(fact => Text(fact.Object), StringComparer.Ordinal))
            {
                if (WholeNumber(fact.Object) is not { } limit)
                {
                    _problems.Add($"The {kind.ToString().ToLowerInvariant()} of {Text(fact.Subject)} is {Text(fact.Object)}, which is no whole number up to 1e12.");
                    continue;
                }

                ImmutableArray<JointTerm> terms = consumed.TryGetValue(fact.Subject, out var amounts)
                    ? [.. amounts.Where(pair => pair.Value != 0).Select(pair => new JointTerm(pair.Key, pair.Value))]
                    : [];
                yield return new JointConstraint(
                    kind, fact.Subject, [fact], terms, kind == JointConstraintKind.Demand ? limit : null, kind == JointConstraintKind.Capacity ? limit : null);
            }
        }
    }

    /// <summary>By resource, what each candidate consumes of it.</summary>
    private Dictionary<int, SortedDictionary<int, long>> Consumptions()
    {
        var consumed = new Dictionary<int, SortedDictionary<int, long>>();
        foreach (var fact in Between(JointVocabulary.Consumes, bothAreCandidates: false))
        {
            var resources = ObjectsOf(fact.Object, JointVocabulary.Resource).ToList();
            var amounts = ObjectsOf(fact.Object, JointVocabulary.Amount).ToList();
            if (resources.Count != 1 || amounts.Count != 1 || WholeNumber(amounts[0]) is not { } amount)
            {
                _problems.Add($"What {Text(fact.Subject)} consumes, {Text(fact.Object)}, needs one rsn:resource and one rsn:amount, a whole number up to 1e12.");
                continue;
            }

            if (!consumed.TryGetValue(resources[0], out var byCandidate)) consumed.Add(resources[0], byCandidate = []);
            var candidate = _candidateAt[fact.Subject];
            byCandidate[candidate] = byCandidate.GetValueOrDefault(candidate) + amount;
        }

        return consumed;
    }

    /// <summary>The facts of a relation from candidates; those of nodes that are none are mistakes.</summary>
    private List<Fact> Between(Iri property, bool bothAreCandidates)
    {
        var kept = new List<Fact>();
        foreach (var fact in Facts(property))
        {
            int? stranger = !_candidateAt.ContainsKey(fact.Subject) ? fact.Subject : bothAreCandidates && !_candidateAt.ContainsKey(fact.Object) ? fact.Object : null;
            if (stranger is null) kept.Add(fact);
            else _problems.Add($"{Text(fact.Subject)} {Text(fact.Predicate)} {Text(fact.Object)}: {Text(stranger.Value)} is no candidate of a slot; give it an rsn:slot.");
        }

        return kept;
    }

    private long NumberOf(int slot, Iri property, int standard)
    {
        long? number = null;
        foreach (var value in ObjectsOf(slot, property))
        {
            if (WholeNumber(value) is not (>= 0 and <= int.MaxValue and var stated))
                _problems.Add($"{Text(slot)} has {Text(value)} as {property.Value}; it must be a whole number from 0.");
            else if (number is not null && number != stated)
                _problems.Add($"{Text(slot)} has two values of {property.Value}.");
            else
                number = stated;
        }

        return number ?? standard;
    }

    private long? WholeNumber(int value) => _graph.Terms.ValueOf(value).TryGetInteger(out var number) && Math.Abs((double)number) <= MaximumNumber ? number : null;

    private IEnumerable<Fact> Stated(int subject, Iri property) => Id(property) is var id and not 0 ? _graph.Match(subject, id) : [];

    private IEnumerable<Fact> Facts(Iri property) => Id(property) is var id and not 0 ? _graph.Match(0, id) : [];

    private IEnumerable<int> ObjectsOf(int subject, Iri property) => Id(property) is var id and not 0 ? _graph.ObjectsOf(subject, id) : [];

    private int Id(Iri iri) => _graph.Terms.Find(iri);

    private string Text(int node) => string.Create(CultureInfo.InvariantCulture, $"{_graph.Terms[node]}");
}
