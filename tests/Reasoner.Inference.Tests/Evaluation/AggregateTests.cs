using System.Diagnostics;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Inference.Tests;

public class AggregateTests
{
    private const string Prefix = "PREFIX : <http://example/>\n";
    private const string Parts = ":car :part :door , :wheel . :door :price 3 . :wheel :price 4 . :bike :part :bell . :bell :price 2 . :sledge a :Group .";

    [Theory]

    // Groups and their rows.
    [InlineData("?g :is ?t", "{ SELECT ?g (SUM(?x) AS ?t) WHERE { ?g :part ?p . ?p :price ?x } GROUP BY ?g }", ":bike :is 2 . :car :is 7")]
    [InlineData("?g :is ?m", "{ SELECT ?g (SUM(?x) / COUNT(?x) AS ?m) WHERE { ?g :part/:price ?x } GROUP BY ?g }", ":bike :is \"2\"^^<http://www.w3.org/2001/XMLSchema#decimal> . :car :is 3.5")]
    [InlineData("?g :is ?n , ?m", "{ SELECT ?g (MIN(?x) AS ?n) (MAX(?x) AS ?m) WHERE { ?g :part/:price ?x } GROUP BY ?g HAVING (COUNT(*) > 1) (?m < 5) }", ":car :is 3 , 4")]
    [InlineData(":all :is ?n", "{ SELECT (COUNT(*) AS ?n) WHERE { ?g :part ?p } GROUP BY ?g }", ":all :is 1 , 2")]

    // No GROUP BY: one group, even of nothing; MIN and MAX of nothing are errors and give no row.
    [InlineData(":all :is ?n , ?s , ?a", "{ SELECT (COUNT(*) AS ?n) (SUM(?x) AS ?s) (AVG(?x) AS ?a) WHERE { ?g :none ?x } }", ":all :is 0")]
    [InlineData(":all :is ?m", "{ SELECT (MIN(?x) AS ?m) WHERE { ?g :none ?x } }", "")]
    [InlineData("?g :is ?n", "?g a :Group { SELECT ?g (COUNT(*) AS ?n) WHERE { ?g :part ?p } GROUP BY ?g }", "")]

    // An error in an argument is one of the aggregate, so the row is dropped; COUNT leaves errors out.
    [InlineData("?g :is ?s", "{ SELECT ?g (SUM(?p + 1) AS ?s) WHERE { ?g :part ?p } GROUP BY ?g }", "")]
    [InlineData("?g :is ?n", "{ SELECT ?g (COUNT(?p + 1) AS ?n) WHERE { ?g :part ?p } GROUP BY ?g }", ":bike :is 0 . :car :is 0")]

    // Bottom up: the ?p outside is another, and the values that are given join.
    [InlineData("?p :is ?n", "?p :price 3 { SELECT (COUNT(?p) AS ?n) WHERE { ?g :part ?p } }", ":door :is 3")]
    [InlineData("?g :is 1", "?p :price ?t { SELECT ?g (COUNT(*) AS ?t) WHERE { ?g :part ?p } GROUP BY ?g }", ":car :is 1")]
    [InlineData("?g :is ?k", "{ SELECT ?g ?k (COUNT(*) AS ?n) WHERE { ?g :part/:price ?x SET(?k := ?x > 2) } GROUP BY ?g ?k }", ":bike :is false . :car :is true")]

    // A bag: two ways to one value count twice, unless DISTINCT.
    [InlineData(":all :is ?n , ?d", "{ SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT *) AS ?d) WHERE { ?g :part [] } }", ":all :is 3 , 2")]
    [InlineData(":all :is ?n , ?d", "{ SELECT (COUNT(?g) AS ?n) (COUNT(DISTINCT ?g) AS ?d) WHERE { ?g :part ?p } }", ":all :is 3 , 2")]

    // NOT and FILTER inside, and the two ways of looking at given facts only.
    [InlineData("?g :is ?n", "{ SELECT ?g (COUNT(*) AS ?n) WHERE { ?g :part ?p . ?p :price ?x FILTER(?x > 2) NOT { ?p :price 3 } } GROUP BY ?g }", ":car :is 1")]
    [InlineData("?g :is ?n", "{ SELECT ?g (COUNT(*) AS ?n) WHERE DATA { ?g :is ?p } GROUP BY ?g }", "")]
    public void Gives_what_SPARQL_gives(string head, string body, string expected)
    {
        var rules = World.Rules($"{Prefix}RULE :r {{ {head} }} WHERE {{ {body} }}");
        var data = World.Triples(Prefix + Parts);
        var derived = World.Materialize(rules, data).Graph.Triples.Except(data);
        Assert.Equal(World.Print(World.Triples(Prefix + expected + (expected.Length > 0 ? " ." : ""))), World.Print(derived));
        Assert.Equal(World.Print(NaiveEvaluator.Evaluate(rules, data).Except(data)), World.Print(derived));
    }

    [Fact]
    public void Neither_the_facts_nor_the_proofs_depend_on_the_order_of_the_data()
    {
        var random = new Random(3);
        var data = World.Triples(Prefix + string.Join('\n', Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($":g{i % 3} :part :p{i} . :p{i} :price {random.NextDouble() * 1e6:E16} ."))));
        var rules = World.Rules($"{Prefix}RULE :r {{ ?g :total ?t ; :mean ?m }} WHERE {{ {{ SELECT ?g (SUM(?x) AS ?t) (AVG(?x) AS ?m) WHERE {{ ?g :part/:price ?x }} GROUP BY ?g }} }}");
        var seen = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            var shuffled = data.ToArray();
            random.Shuffle(shuffled);
            var materialization = World.Materialize(rules, shuffled);
            var proofs = new ProofBuilder(materialization, new RuleNames(rules));
            var totals = materialization.Graph.Triples.Except(data).Order().ToList();
            Assert.Equal(6, totals.Count);
            seen.Add(string.Join('\n', totals.Select(total => $"{total}: {string.Join(", ", proofs.Prove(total)!.Premises.Select(premise => premise.Fact))}")));
        }

        Assert.Single(seen);
    }

    [Theory]

    // Each of many solutions asks for a group: for its own, for that of all, for one that its own key does not narrow.
    [InlineData("?p :share ?t", "?g :part ?p . { SELECT ?g (SUM(?x) AS ?t) WHERE { ?g :part/:price ?x } GROUP BY ?g }")]
    [InlineData("?p :above ?t", "?p :price ?x . { SELECT (AVG(?x) AS ?t) WHERE { ?p :price ?x } }")]
    [InlineData("?p :rank ?n", "?p :price ?k . { SELECT ?k (COUNT(*) AS ?n) WHERE { ?p :price ?x SET(?k := ?x + 0) } GROUP BY ?k }")]
    [InlineData("?g :total ?t", "{ SELECT ?g (SUM(?x) AS ?t) WHERE { ?g :part/:price ?x } GROUP BY ?g } ?g :part :p0")]
    public void Takes_time_that_grows_with_the_data_and_not_with_its_square(string head, string body)
    {
        var rules = World.Rules($"{Prefix}RULE :r {{ {head} }} WHERE {{ {body} }}");
        var text = new StringBuilder(Prefix);
        for (var i = 0; i < 40_000; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $":g{i % 2} :part :p{i} . :p{i} :price {i} .\n");
        var data = World.Triples(text.ToString());
        var graph = World.Graph(data);
        var program = RuleProgram.Compile(rules, graph);
        var watch = Stopwatch.StartNew();
        var materialization = Materializer.Materialize(program, graph, World.Options);

        // The square of the data takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), watch.Elapsed.ToString());
        Assert.True(materialization.DerivedFacts > 0);
    }

    [Theory]
    [InlineData(":lamp :price 5 . :car :part :lamp .", ":car :total 12")]
    [InlineData(":wheel :free true .", ":car :total 3")]
    [InlineData(":door :free true . :wheel :free true .", "")]
    [InlineData(":door :free true . :lamp :price 3 . :car :part :lamp .", ":car :total 7")]
    [InlineData(":bell :price 9 .", ":car :total 7 . :bike :total 11")]
    public void An_overlay_takes_back_what_the_touched_groups_gave_and_derives_what_they_give_now(string @case, string totals)
    {
        var rules = World.Rules(Prefix + """
            RULE :total { ?g :total ?t } WHERE { { SELECT ?g (SUM(?x) AS ?t) WHERE { ?g :part ?p . ?p :price ?x NOT { ?p :free true } } GROUP BY ?g HAVING (?t > 2) } }
            RULE :large { ?g a :Large } WHERE { ?g :total ?t FILTER(?t > 10) }
            """);
        var (baseTriples, caseTriples) = (World.Triples(Prefix + Parts), World.Triples(Prefix + @case));
        var overlay = World.Extend(rules, baseTriples, caseTriples);
        Assert.Equal(World.Print(NaiveEvaluator.Evaluate(rules, [.. baseTriples, .. caseTriples])), World.Print(overlay.Graph.Triples));
        var total = new Iri("http://example/total");
        Assert.Equal(World.Print(World.Triples(Prefix + totals + (totals.Length > 0 ? " ." : ""))), World.Print(overlay.Graph.Triples.Where(triple => triple.Predicate == total)));
    }

    [Fact]
    public void An_overlay_leaves_facts_of_groups_alone_that_come_to_the_same()
    {
        var rules = World.Rules($"{Prefix}RULE :most {{ ?g :most ?t }} WHERE {{ {{ SELECT ?g (MAX(?x) AS ?t) WHERE {{ ?g :part/:price ?x }} GROUP BY ?g }} }}");
        var overlay = World.Extend(rules, World.Triples(Prefix + Parts), World.Triples(Prefix + ":car :part :pin . :pin :price 1 ."));
        Assert.Equal(0, overlay.DerivedFacts);
        Assert.Null(overlay.Graph.HiddenRows(overlay.Graph.Terms.Find(new Iri("http://example/most"))));
    }

    [Fact]
    public void A_proof_shows_what_was_summed()
    {
        var (materialization, names, proof) = Proof(":car :total 7");
        Assert.Equal([("g", ":car"), ("t", "7")], proof.Bindings.Select(binding => (binding.Variable, Short(binding.Value))));
        Assert.Equal(
            [":car a :Group", ":car :part :door", ":car :part :wheel", ":door :price 3", ":wheel :price 4"],
            proof.Premises.Select(premise => $"{Short(premise.Fact.Subject)} {Short(premise.Fact.Predicate)} {Short(premise.Fact.Object)}"));
        Assert.Equal("http://example/groups", proof.Premises[0].Rule);
        Assert.Null(new ProofChecker(names, materialization.Graph, World.Context).Check(proof));
    }

    [Fact]
    public void The_checker_refuses_other_premises_than_the_facts_of_the_group()
    {
        var (materialization, names, proof) = Proof(":car :total 7");
        var builder = new ProofBuilder(materialization, names);
        var foreign = builder.Prove(World.Triples(Prefix + ":bell :price 2 .")[0])!;
        var premises = proof.Premises;
        foreach (var changed in new[]
        {
            premises.RemoveAt(4), premises.RemoveAt(1), premises.Add(foreign), premises.SetItem(4, foreign), premises.Add(premises[4]),
            [premises[0], premises[2], premises[1], premises[3], premises[4]],
        })
        {
            var mutant = ProofNode.Derived(proof.Fact, proof.Rule!, proof.Bindings, changed);
            Assert.NotNull(new ProofChecker(names, materialization.Graph, World.Context).Check(mutant));
        }
    }

    [Theory]
    [InlineData("t", "8")]
    [InlineData("g", ":bike")]
    public void The_checker_refuses_another_result(string variable, string value)
    {
        var (materialization, names, proof) = Proof(":car :total 7");
        var other = World.Triples($"{Prefix}:x :p {value} .")[0].Object;
        var fact = variable == "t" ? proof.Fact with { Object = other } : proof.Fact with { Subject = other };
        var bindings = proof.Bindings.Select(binding => binding.Variable == variable ? binding with { Value = other } : binding);
        var mutant = ProofNode.Derived(fact, proof.Rule!, [.. bindings], proof.Premises);
        Assert.NotNull(new ProofChecker(names, materialization.Graph, World.Context).Check(mutant));
    }

    [Fact]
    public void A_proof_of_a_count_of_nothing_has_no_premises()
    {
        var rules = World.Rules($"{Prefix}RULE :none {{ :all :count ?n }} WHERE {{ {{ SELECT (COUNT(*) AS ?n) WHERE {{ ?x :missing ?y }} }} }}");
        var materialization = World.Materialize(rules, World.Triples(Prefix + Parts));
        var names = new RuleNames(rules);
        var proof = new ProofBuilder(materialization, names).Prove(World.Triples(Prefix + ":all :count 0 .")[0])!;
        Assert.Empty(proof.Premises);
        Assert.Null(new ProofChecker(names, materialization.Graph, World.Context).Check(proof));
        Assert.NotNull(new ProofChecker(names, World.Graph(World.Triples(Prefix + Parts + " :a :missing :b .")), World.Context).Check(proof));
    }

    private static (Materialization Materialization, RuleNames Names, ProofNode Proof) Proof(string fact)
    {
        var rules = World.Rules(Prefix + """
            RULE :groups { ?g a :Group } WHERE { ?g :part ?p }
            RULE :total { ?g :total ?t } WHERE { ?g a :Group { SELECT ?g (SUM(?x) AS ?t) WHERE { ?g :part ?p . ?p :price ?x } GROUP BY ?g } }
            """);
        var materialization = World.Materialize(rules, World.Triples(Prefix + Parts));
        var names = new RuleNames(rules);
        return (materialization, names, new ProofBuilder(materialization, names).Prove(World.Triples($"{Prefix}{fact} .")[0])!);
    }

    private static string Short(Term term) =>
        term == RdfVocabulary.Type ? "a" : term is Literal literal ? literal.LexicalForm : ((Iri)term).Value.Replace("http://example/", ":", StringComparison.Ordinal);
}
