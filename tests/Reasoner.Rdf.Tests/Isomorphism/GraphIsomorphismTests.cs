using Reasoner.Rdf.Tests.Generation;

namespace Reasoner.Rdf.Tests.Isomorphism;

public class GraphIsomorphismTests
{
    private static readonly Iri P = new("urn:p");

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 100));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_graph_is_isomorphic_to_itself_relabelled_and_shuffled(int seed)
    {
        var graph = new RandomGraph(seed);
        var triples = graph.Triples(40);
        var labels = new Dictionary<string, string>();
        var relabelled = triples.Select(t => Relabel(t, label => labels.TryAdd(label, $"r{labels.Count * 7919 % 1000}") ? labels[label] : labels[label])).ToArray();
        graph.Random.Shuffle(relabelled);
        Assert.True(GraphIsomorphism.AreIsomorphic(triples, relabelled));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void One_triple_changed_is_found(int seed)
    {
        var graph = new RandomGraph(seed);
        var triples = graph.Triples(40);
        var changed = triples.ToArray();
        var at = graph.Random.Next(changed.Length);
        changed[at] = changed[at] with { Predicate = new Iri("urn:changed") };
        Assert.False(GraphIsomorphism.AreIsomorphic(triples, changed));
    }

    [Fact]
    public void Alike_by_degree_but_not_isomorphic()
    {
        // One ring of six against two rings of three: refinement alone cannot tell them apart.
        Assert.False(GraphIsomorphism.AreIsomorphic(Ring("a", 6), [.. Ring("b", 3), .. Ring("c", 3)]));
        Assert.True(GraphIsomorphism.AreIsomorphic([.. Ring("c", 3), .. Ring("d", 3)], [.. Ring("x", 3), .. Ring("y", 3)]));
    }

    [Fact]
    public void Many_nodes_alike_are_matched()
    {
        IEnumerable<Triple> Star(string label) => Enumerable.Range(0, 200).Select(i => new Triple(new BlankNode(label + i), P, new Iri("urn:o")));
        Assert.True(GraphIsomorphism.AreIsomorphic(Star("a"), Star("b")));
        Assert.False(GraphIsomorphism.AreIsomorphic(Star("a"), Star("b").Skip(1)));
    }

    [Fact]
    public void Blank_nodes_in_triple_terms_count()
    {
        Triple Says(string subject, string inside) => new(new BlankNode(subject), P, new TripleTerm(new Triple(new BlankNode(inside), P, P)));
        Assert.True(GraphIsomorphism.AreIsomorphic([Says("a", "a")], [Says("b", "b")]));
        Assert.False(GraphIsomorphism.AreIsomorphic([Says("a", "a")], [Says("a", "b")]));
    }

    [Fact]
    public void The_search_is_bounded()
    {
        var rings = Enumerable.Range(0, 30).SelectMany(i => Ring($"a{i}_", 4)).ToList();
        Assert.Throws<InvalidOperationException>(() => GraphIsomorphism.AreIsomorphic(rings, rings, maxTrials: 3));
        Assert.True(GraphIsomorphism.AreIsomorphic(rings, rings));
    }

    private static IEnumerable<Triple> Ring(string label, int length) =>
        Enumerable.Range(0, length).Select(i => new Triple(new BlankNode(label + i), P, new BlankNode(label + ((i + 1) % length))));

    private static Triple Relabel(Triple triple, Func<string, string> label) =>
        new(Relabel(triple.Subject, label), triple.Predicate, Relabel(triple.Object, label));

    private static Term Relabel(Term term, Func<string, string> label) => term switch
    {
        BlankNode node => new BlankNode(label(node.Label)),
        TripleTerm inner => new TripleTerm(Relabel(inner.Triple, label)),
        _ => term,
    };
}
