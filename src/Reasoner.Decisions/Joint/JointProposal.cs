using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Constraints.Joint;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>The model's scores of all candidates of a joint decision: every slot is a question to it of its own.</summary>
/// <param name="Scores">Candidate to score; empty where the domain has no model.</param>
/// <param name="Experts">The experts, by their mean weight over the slots.</param>
/// <param name="ExpertsRun">How many ran for a slot.</param>
internal sealed record JointProposal(ImmutableArray<(int Candidate, double Score)> Scores, ImmutableArray<ExpertShare> Experts, int ExpertsRun)
{
    /// <summary>Asks the model.</summary>
    /// <param name="candidates">Candidate, slot and answer, as nodes.</param>
    /// <param name="answers">The answers' nodes, in the manifest's order.</param>
    /// <param name="propose">The scores for a slot; null where there is no model.</param>
    public static JointProposal Of(
        IEnumerable<(int Candidate, int Slot, int Answer)> candidates, int[] answers, Func<int, Scores>? propose)
    {
        if (propose is null) return new([], [], 0);
        var scores = ImmutableArray.CreateBuilder<(int, double)>();
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        var (slots, run) = (0, 0);
        foreach (var slot in candidates.GroupBy(candidate => candidate.Slot))
        {
            var proposed = propose(slot.Key);
            slots++;
            run = Math.Max(run, proposed.ExpertsRun);
            foreach (var expert in proposed.Experts) weights[expert.Name] = weights.GetValueOrDefault(expert.Name) + expert.Weight;
            foreach (var (candidate, _, answer) in slot)
                if (Array.IndexOf(answers, answer) is >= 0 and var place) scores.Add((candidate, proposed.ByAnswer[place]));
        }

        var shares = weights.Select(pair => new ExpertShare(pair.Key, Math.Round(pair.Value / Math.Max(1, slots), 6)))
            .OrderByDescending(share => share.Weight).ThenBy(share => share.Name, StringComparer.Ordinal);
        return new(scores.ToImmutable(), [.. shares], run);
    }

    /// <summary>The candidates of a graph with their slots and answers, by slot and then candidate.</summary>
    public static IEnumerable<(int Candidate, int Slot, int Answer)> CandidatesOf(KnowledgeGraph graph, DomainTerms terms) =>
        graph.Terms.Find(JointVocabulary.Slot) is var slot and not 0
            ? graph.Match(0, slot)
                .Select(fact => (Candidate: fact.Subject, Slot: fact.Object, Answer: graph.ObjectsOf(fact.Subject, terms.Answer).FirstOrDefault()))
                .OrderBy(each => each.Slot).ThenBy(each => each.Candidate)
            : [];
}

/// <summary>How things in a case's graph are called.</summary>
internal sealed class JointNames(Domain domain, KnowledgeGraph graph)
{
    private readonly Dictionary<int, string> _known = [];
    private readonly int _label = graph.Terms.Find(CoreVocabulary.Label);

    /// <summary>The graph.</summary>
    public KnowledgeGraph Graph => graph;

    /// <summary>The label that the case's graph gives a node, else the domain's.</summary>
    public string this[int node]
    {
        get
        {
            if (_known.TryGetValue(node, out var name)) return name;
            return _known[node] = Given(node) ?? domain.LabelOf(graph.Terms[node]);
        }
    }

    /// <summary>A term's name.</summary>
    public string Of(Term term) => graph.Terms.Find(term) is var node and not 0 ? this[node] : domain.LabelOf(term);

    /// <summary>The label that someone gave an IRI; null where nobody did.</summary>
    public string? GivenTo(Iri iri) => (graph.Terms.Find(iri) is var node and not 0 ? Given(node) : null) ?? domain.GivenLabelOf(iri);

    /// <summary>A node with its name.</summary>
    public NamedNode Node(int node) => new(DecisionPipeline.Name(graph.Terms[node]), this[node]);

    /// <summary>A number as people write it.</summary>
    public static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private string? Given(int node) => _label == 0
        ? null
        : graph.ObjectsOf(node, _label).Select(id => graph.Terms[id]).OfType<Literal>()
            .OrderBy(literal => literal.Language is null or "en" ? 0 : 1).ThenBy(literal => literal.LexicalForm, StringComparer.Ordinal)
            .FirstOrDefault()?.LexicalForm;
}
