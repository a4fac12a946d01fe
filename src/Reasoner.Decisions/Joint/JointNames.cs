using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

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

    private string? Given(int node) => _label == 0 ? null : CoreVocabulary.ChooseLabel(graph.ObjectsOf(node, _label).Select(id => graph.Terms[id]));
}
