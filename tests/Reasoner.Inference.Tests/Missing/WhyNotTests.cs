using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Inference.Tests;

public sealed class WhyNotTests
{
    private const string Prefix = "PREFIX : <http://example.org/> ";

    [Fact]
    public void Names_the_first_pattern_without_a_match_in_the_solution_that_gets_furthest()
    {
        var failed = Assert.Single(Explain(
            "RULE :r { ?x :grandparent ?z } WHERE { ?x :parent ?y . ?y :parent ?z . ?z :born ?when }",
            ":a :parent :b , :c . :c :parent :d .",
            ":a :grandparent :d"));

        Assert.Equal("http://example.org/r", failed.Rule.Name!.Value);
        Assert.Equal("<http://example.org/d> <http://example.org/born> ?when", failed.First!.Missing!.ToString());
        Assert.Equal([("x", ":a"), ("y", ":c"), ("z", ":d")], failed.Bindings.Select(binding => (binding.Variable, ":" + ((Iri)binding.Value).Value[^1])));
    }

    [Fact]
    public void Sees_what_other_rules_derived()
    {
        var failed = Explain(
            "RULE :one { ?x :q ?y } WHERE { ?x :p ?y } RULE :two { ?x :r ?y } WHERE { ?x :q ?y . ?y :s 1 }", ":a :p :b .", ":a :r :b");

        Assert.Equal("<http://example.org/b> <http://example.org/s> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>", Assert.Single(failed).First!.Missing!.ToString());
    }

    [Theory]
    [InlineData("FILTER(?n > 5)", typeof(FilterElement))]
    [InlineData("NOT { ?x :bad ?b }", typeof(NegationElement))]
    [InlineData("SET(?y := ?n + 1)", typeof(AssignmentElement))]
    public void Names_the_element_that_fails(string element, Type kind)
    {
        var failed = Assert.Single(Explain(
            $"RULE :r {{ ?x :is {(kind == typeof(AssignmentElement) ? "?y" : ":good")} }} WHERE {{ ?x :n ?n {element} }}",
            ":a :n 3 ; :bad 1 .",
            kind == typeof(AssignmentElement) ? ":a :is 7" : ":a :is :good"));

        Assert.IsType(kind, failed.First!.Element);
        Assert.Null(failed.First.Missing);
    }

    [Fact]
    public void A_rule_over_data_alone_does_not_see_derived_facts()
    {
        var failed = Explain(
            "RULE :one { ?x :q ?y } WHERE { ?x :p ?y } RULE :two { ?x :r ?y } WHERE DATA { ?x :q ?y }", ":a :p :b .", ":a :r :b");

        Assert.Equal("<http://example.org/a> <http://example.org/q> <http://example.org/b>", Assert.Single(failed).First!.Missing!.ToString());
    }

    [Fact]
    public void A_negation_over_data_alone_does_not_see_derived_facts()
    {
        var failed = Explain(
            "RULE :one { ?x :q ?y } WHERE { ?x :p ?y } RULE :two { ?x :r ?y } WHERE { ?x :p ?y NOT DATA { ?x :q ?y } ?y :s 1 }", ":a :p :b .", ":a :r :b");

        Assert.Equal("<http://example.org/b> <http://example.org/s> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>", Assert.Single(failed).First!.Missing!.ToString());
    }

    [Theory]
    [InlineData("(SUM(?n) AS ?t)", "", "?x :is ?t", ":a :is 9", "its SELECT has a group with ?x = :a, ?t = 8, which does not fit: ?x = :a, ?t = 9")]
    [InlineData("(SUM(?n) AS ?t)", "HAVING (?t > 8 || COUNT(*) > 2)", "?x :is ?t", ":a :is 8", "its SELECT has a group with ?x = :a, ?t = 8, COUNT(*) = 2, which does not fit: ?x = :a, ?t = 8")]
    [InlineData("(SUM(?n) AS ?t)", "", "?x :is ?t", ":c :is 0", "its SELECT gives no group that fits: ?x = :c, ?t = 0")]
    [InlineData("(AVG(?x) AS ?t)", "", "?x :is :good", ":a :is :good", "its SELECT has a group with ?x = :a, ?t = an error, which does not fit: ?x = :a")]
    public void An_aggregate_in_the_way_tells_what_the_group_has(string gives, string having, string head, string fact, string text)
    {
        var failed = Assert.Single(Explain(
            $"RULE :r {{ {head} }} WHERE {{ {{ SELECT ?x {gives} WHERE {{ ?x :part/:n ?n }} GROUP BY ?x {having} }} }}",
            ":a :part :p , :q . :p :n 3 . :q :n 5 . :b :part :p .",
            fact));

        Assert.IsType<SubSelectElement>(failed.First!.Element);
        Assert.Equal(AssertionEffect.StillFails, failed.Effect);
        Assert.Equal(text, failed.First.Describe(new Dictionary<string, string> { [""] = "http://example.org/" }));
    }

    [Theory]
    [InlineData("FILTER(?t > 9)", "FILTER(?t > 9) is false: ?t = 8", AssertionEffect.StillFails)]
    [InlineData("FILTER(?t > 9) FILTER(?t < 7)", "FILTER(?t > 9) is false: ?t = 8; FILTER(?t < 7) is false: ?t = 8", AssertionEffect.StillFails)]
    [InlineData("?x :bound ?t", "nothing matches :a :bound 8", AssertionEffect.Follows)]
    [InlineData("?x :n 4", "nothing matches :a :n 4", AssertionEffect.MayFollow)]
    [InlineData("?x :open ?o FILTER(?t > ?o)", "nothing matches :a :open ?o; FILTER(?t > ?o) would have to be true then: ?t = 8", AssertionEffect.MayFollow)]
    public void What_stands_behind_an_aggregate_reads_its_value(string behind, string text, AssertionEffect effect)
    {
        var failed = Assert.Single(Explain(
            $"RULE :r {{ ?x :is :good }} WHERE {{ {{ SELECT ?x (SUM(?n) AS ?t) WHERE {{ ?x :n ?n }} GROUP BY ?x }} {behind} }}", ":a :n 3 , 5 .", ":a :is :good"));

        var prefixes = new Dictionary<string, string> { [""] = "http://example.org/" };
        Assert.Equal(text, string.Join("; ", failed.Obstacles.Select(obstacle => obstacle.Describe(prefixes))));
        Assert.Equal(effect, failed.Effect);
    }

    [Fact]
    public void What_is_missing_may_be_what_an_aggregate_lacks()
    {
        var failed = Assert.Single(Explain(
            "RULE :r { ?x :is :good } WHERE { ?x :n ?any { SELECT ?x (SUM(?n) AS ?t) WHERE { ?x :n ?n } GROUP BY ?x } }", ":b :n 3 .", ":a :is :good"));

        Assert.Equal([ObstacleKind.NothingMatches, ObstacleKind.NoGroup], failed.Obstacles.Select(obstacle => obstacle.Kind));
        Assert.Equal(AssertionEffect.MayFollow, failed.Effect);
    }

    [Fact]
    public void Rules_with_other_heads_are_passed_over() =>
        Assert.Empty(Explain("RULE :r { ?x :q :y } WHERE { ?x :p 1 }", ":a :p 1 .", ":a :q :z"));

    [Fact]
    public void The_rule_that_lacks_least_comes_first()
    {
        var failed = Explain(
            "RULE :far { ?x :is :good } WHERE { ?x :p 1 ; :q 2 ; :r 3 } RULE :near { ?x :is :good } WHERE { ?x :p 1 ; :s 5 }", ":a :p 1 .", ":a :is :good");

        Assert.Equal(["near", "far"], failed.Select(each => each.Rule.Name!.Value[19..]));
        Assert.Equal([1, 2], failed.Select(each => each.MissingFacts.Length));
    }

    [Theory]
    [InlineData("FILTER(?n > 5)", "FILTER(?n > 5) is false: ?n = 3")]
    [InlineData("FILTER(?n > 1 && ?n > 5)", "FILTER(?n > 5) is false: ?n = 3")]
    [InlineData("FILTER(?n > \"x\")", "FILTER(?n > \"x\") is an error: ?n = 3")]
    [InlineData("NOT { ?x :bad ?b }", "its NOT finds :a :bad 1 (data.ttl:1)")]
    [InlineData("NOT { ?x :worse ?b }", "its NOT finds :a :worse 1 (by rule :worsens)")]
    [InlineData("SET(?y := ?n / 0)", "SET(?y := ?n / 0) is an error (Division by zero): ?n = 3")]
    [InlineData("FILTER(?n > 5) FILTER(?n < 3)", "FILTER(?n > 5) is false: ?n = 3; FILTER(?n < 3) is false: ?n = 3")]
    [InlineData("?x :t ?t FILTER(?t > ?n)", "nothing matches :a :t ?t; FILTER(?t > ?n) would have to be true then: ?n = 3")]
    public void Says_what_fails_with_the_values_read(string element, string text)
    {
        var failed = Explain(
            $"RULE :r {{ ?x :is :good }} WHERE {{ ?x :n ?n . {element} }} RULE :worsens {{ ?x :worse 1 }} WHERE {{ ?x :bad 1 }}", ":a :n 3 ; :bad 1 .", ":a :is :good");

        var prefixes = new Dictionary<string, string> { [""] = "http://example.org/" };
        Assert.Equal(text, string.Join("; ", Assert.Single(failed).Obstacles.Select(obstacle => obstacle.Describe(prefixes))));
    }

    [Fact]
    public void A_variable_that_stands_only_behind_a_NOT_is_the_NOTs_own_inside()
    {
        var failed = Assert.Single(Explain("RULE :r { ?x :is ?y } WHERE { ?x :n 1 NOT { ?x :bad ?y } ?x :good ?y }", ":a :n 1 ; :bad :b ; :good :c .", ":a :is :c"));

        Assert.Equal(":a :bad :b", string.Join(", ", failed.First!.Found.Select(found => found.Fact.ToString().Replace("http://example.org/", ":", StringComparison.Ordinal).Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Says_why_a_missing_fact_does_not_hold_itself()
    {
        var failed = Assert.Single(Explain(
            "RULE :one { ?x :q 1 } WHERE { ?x :p ?n FILTER(?n > 9) } RULE :two { ?x :r 1 } WHERE { ?x :q 1 } RULE :three { ?x :s 1 } WHERE { ?x :r 1 }", ":a :p 5 .", ":a :s 1"));

        var two = Assert.Single(failed.First!.Because);
        var one = Assert.Single(two.First!.Because);
        Assert.Equal("http://example.org/one", one.Rule.Name!.Value);
        Assert.Equal(ObstacleKind.IsFalse, one.First!.Kind);
        Assert.Equal(AssertionEffect.Follows, failed.Effect);
    }

    [Fact]
    public void A_rule_that_waits_for_itself_does_not_go_on_for_ever()
    {
        var failed = Assert.Single(Explain("RULE :r { ?x :q ?z } WHERE { ?x :q ?y . ?y :q ?z }", ":a :p :b .", ":a :q :b"));

        Assert.Equal(2, failed.MissingFacts.Length);
        Assert.DoesNotContain(failed.MissingFacts, missing => missing.ToString() == "<http://example.org/a> <http://example.org/q> <http://example.org/b>");
        Assert.All(failed.Obstacles, obstacle => Assert.True(obstacle.Because.All(nested => nested.Rule == failed.Rule)));
    }

    [Theory]
    [InlineData(":a :colour :red", "colur", ":colour", ":a :colur :red")]
    [InlineData(":alice :p :b", "alicce", ":alice", ":alicce :p :b")]
    [InlineData(":a :p :b", "", ":a :p :b", ":a :p :a")]
    public void Says_what_is_near(string data, string unknown, string near, string fact)
    {
        var prefix = Prefix.TrimEnd() + "\n";
        var materialization = World.Materialize(World.Rules(prefix + "RULE { ?x :z 1 } WHERE { ?x :y 1 }"), World.Triples(prefix + data + " ."));

        var miss = Assert.Single(WhyNot.Explain(materialization, World.Triples(prefix + fact + " .")[0]).NearMisses);

        Assert.Equal(unknown.Length > 0 ? new Iri("http://example.org/" + unknown) : null, miss.Unknown);
        Assert.Contains(near, miss.Describe(new Dictionary<string, string> { [""] = "http://example.org/" }), StringComparison.Ordinal);
    }

    /// <summary>Whatever a report says would follow does follow, with any values for what it leaves open.</summary>
    [Fact]
    public void Asserting_the_missing_facts_of_the_nearest_rule_does_what_the_report_says()
    {
        var counts = new Dictionary<AssertionEffect, int> { [AssertionEffect.Follows] = 0, [AssertionEffect.MayFollow] = 0, [AssertionEffect.StillFails] = 0 };
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (rules, text) = World.StratifiableRules(seed + 40_000, count: 2 + (seed % 8));
            var data = World.Triples(new RandomPrograms(seed).Data(12));
            var materialization = World.Materialize(rules, data);
            for (var attempt = 0; attempt < 8; attempt++)
            {
                var wanted = World.Triples($"PREFIX : <http://example/> :n{random.Next(4)} :{"hijpq"[random.Next(5)]} :n{random.Next(4)} .")[0];
                if (materialization.Graph.Contains(wanted)) continue;
                var report = WhyNot.Explain(materialization, wanted);
                if (report.Rules.IsEmpty) continue;
                var nearest = report.Rules[0];
                Assert.True(nearest.Obstacles.Length > 0 || nearest.Effect == AssertionEffect.StillFails);
                Assert.Equal(nearest.Obstacles.Count(obstacle => obstacle.Kind == ObstacleKind.NothingMatches), nearest.MissingFacts.Length);
                counts[nearest.Effect]++;
                if (nearest.Effect != AssertionEffect.Follows) continue;
                var added = nearest.MissingFacts.Select(Instantiate).ToList();
                var after = World.Materialize(rules, data.Concat(added));
                Assert.True(
                    after.Graph.Contains(wanted),
                    $"seed {seed}: {wanted} does not follow from {string.Join(", ", added)} by {nearest.Rule}\n{text}\n{string.Join('\n', data)}");
            }
        }

        Assert.True(counts[AssertionEffect.Follows] > 100 && counts[AssertionEffect.MayFollow] > 50 && counts[AssertionEffect.StillFails] > 50, string.Join(", ", counts));
    }

    private static Triple Instantiate(TriplePattern pattern)
    {
        return new Triple(TermOf(pattern.Subject), TermOf(pattern.Predicate), TermOf(pattern.Object));

        static Term TermOf(PatternTerm place) => place switch
        {
            ConstantTerm constant => constant.Term,
            Variable variable => new Iri("urn:any:" + variable.Name),
            _ => throw new NotSupportedException(),
        };
    }

    private static IReadOnlyList<FailedRule> Explain(string rules, string data, string fact)
    {
        var prefix = Prefix.TrimEnd() + "\n";
        var materialization = World.Materialize(World.Rules(prefix + rules), World.Triples(prefix + data));
        var triple = World.Triples(prefix + fact + " .")[0];
        Assert.Null(new ProofBuilder(materialization, new RuleNames(materialization.Program.RuleSet)).Prove(triple));
        return WhyNot.Explain(materialization, triple).Rules;
    }
}
