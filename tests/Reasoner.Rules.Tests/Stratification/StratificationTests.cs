using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Reasoner.Rules.Tests;

public class StratificationTests
{
    [Fact]
    public void Strata_are_the_components_in_order_of_dependency()
    {
        var strata = Strata(
            "RULE :last { ?x a :Safe } WHERE { ?x a :Part NOT { ?x a :Bad } }",
            "RULE :bad { ?x a :Bad } WHERE { ?x :reaches ?y }",
            "RULE :step { ?x :reaches ?z } WHERE { ?x :reaches ?y . ?y :next ?z }",
            "RULE :back { ?x :next ?y } WHERE { ?y :reaches ?x }",
            "RULE :once { [] :about ?x } WHERE { ?x a :Safe }");
        Assert.Equal(["step back*", "bad", "last", "once"], strata);
    }

    [Fact]
    public void Rules_that_depend_on_nothing_stay_in_document_order() => Assert.Equal(
        ["c", "a", "b"],
        Strata("RULE :c { ?x :c 1 } WHERE { ?x :d 1 }", "RULE :a { ?x :a 1 } WHERE { ?x :d 1 }", "RULE :b { ?x :b 1 } WHERE { ?x :a 1 }"));

    [Fact]
    public void A_violation_names_every_rule_of_the_cycle_and_where()
    {
        var ruleSet = Read.RuleSet(
            "PREFIX : <http://e/>\n"
            + "RULE :a { ?x :p 1 } WHERE { ?x :data 1 NOT { ?x :q 1 } }\n"
            + "RULE :b { ?x :r 1 } WHERE { ?x :p 1 }\n"
            + "RULE :c { ?x :q 1 } WHERE { ?x :r 1 }\n");
        var (stratification, diagnostics) = Rules.Stratification.Create(ruleSet);
        Assert.Null(stratification);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal("test.srl:2:49", diagnostic.Position.ToString());
        Assert.Contains("a NOT", diagnostic.Message, StringComparison.Ordinal);
        var places = new[]
        {
            "rule :a (test.srl:2:1) reads NOT { ?x :q 1 } (2:49), which rule :c (test.srl:4:1) derives",
            "rule :c (test.srl:4:1) reads { ?x :r 1 } (4:32), which rule :b (test.srl:3:1) derives",
            "rule :b (test.srl:3:1) reads { ?x :p 1 } (3:32), which rule :a (test.srl:2:1) derives; and so back to the first",
        };
        Assert.Equal(places.Order(), places.Where(place => diagnostic.Message.Contains(place, StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("RULE { ?x :p ?z } WHERE { ?x :p ?y . SET(?z := ?y + 1) }", false)]
    [InlineData("RULE { ?x :p ?z } WHERE DATA { ?x :p ?y . SET(?z := ?y + 1) }", true)]
    [InlineData("RULE { ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :p 1 } }", false)]
    [InlineData("RULE { ?x :p 1 } WHERE { ?x :q 1 NOT DATA { ?x :p 1 } }", true)]
    [InlineData("RULE { ?x :p 1 } WHERE { ?x :q 1 NOT { ?x :p 2 } }", true)]
    [InlineData("RULE { ?x :p [] } WHERE { ?x :p :o }", true)]
    [InlineData("RULE { ?x :p [] } WHERE { ?x :p ?y }", false)]
    [InlineData("RULE { ?x :says <<( ?x :p ?y )>> } WHERE { ?x :says ?y }", false)]
    [InlineData("RULE { ?x :says <<( :x :p :y )>> } WHERE { ?x :says ?y }", true)]
    public void The_stratification_condition_holds_or_not(string rule, bool holds) =>
        Assert.Equal(holds, Rules.Stratification.Create(Read.RuleSet(Read.Prefix + rule)).Stratification is not null);

    // The specification's own algorithm, as the oracle.
    [Fact]
    public void Agrees_with_the_specifications_algorithm_on_random_rule_sets()
    {
        var random = new Random(7);
        var accepted = 0;
        for (var i = 0; i < 1500; i++)
        {
            var ruleSet = Read.RuleSet(RandomText(random, rules: random.Next(1, 9)));
            var layers = SpecificationLayers(ruleSet);
            var stratification = Rules.Stratification.Create(ruleSet).Stratification;
            Assert.Equal(layers is not null, stratification is not null);
            if (layers is null) continue;
            accepted++;
            AssertRefines(DependencyGraph.Create(ruleSet.Rules), stratification!);
        }

        Assert.InRange(accepted, 300, 1200);
    }

    [Fact]
    public void A_deep_taxonomy_of_100_000_rules_takes_little_time()
    {
        const int depth = 100_000;
        var text = new StringBuilder("PREFIX : <http://example/>\n");
        for (var i = depth; i > 0; i--)
            text.Append(CultureInfo.InvariantCulture, $"RULE {{ ?x a :C{i} }} WHERE {{ ?x a :C{i - 1} }}\n");
        var watch = Stopwatch.StartNew();
        var ruleSet = Read.RuleSet(text.ToString());
        var parsed = watch.Elapsed;
        var strata = Rules.Stratification.Create(ruleSet).Stratification!.Strata;
        var stratified = watch.Elapsed - parsed;
        Assert.Equal(depth, strata.Length);
        Assert.All(strata.Zip(ruleSet.Rules.Reverse()), pair => Assert.Same(pair.Second, pair.First.Rules.Single()));
        // Ten times what it takes on a slow machine: this guards against a quadratic step, which takes minutes.
        Assert.True(parsed < TimeSpan.FromSeconds(10) && stratified < TimeSpan.FromSeconds(10), $"{parsed} {stratified}");
    }

    private static IEnumerable<string> Strata(params string[] rules)
    {
        var (stratification, diagnostics) = Rules.Stratification.Create(Read.RuleSet(Read.Prefix + string.Join('\n', rules)));
        Assert.Empty(diagnostics);
        return stratification!.Strata.Select(stratum =>
            string.Join(' ', stratum.Rules.Select(rule => rule.Name!.Value["http://example/".Length..])) + (stratum.IsRecursive ? "*" : ""));
    }

    private static string RandomText(Random random, int rules)
    {
        var text = new StringBuilder(Read.Prefix);
        for (var i = 0; i < rules; i++)
        {
            text.Append("RULE { ").Append(random.Next(8) == 0 ? "[] " : "?x ").Append(Pattern()).Append(" } WHERE ")
                .Append(random.Next(10) == 0 ? "DATA " : "").Append("{ ?x ").Append(Pattern()).Append(" . ?x ").Append(Pattern());
            if (random.Next(3) == 0) text.Append(" NOT ").Append(random.Next(4) == 0 ? "DATA " : "").Append("{ ?x ").Append(Pattern()).Append(" }");
            if (random.Next(8) == 0) text.Append(" SET(?new := 1)");
            text.Append(" }\n");
        }

        return text.ToString();

        string Pattern() => $":p{random.Next(5)} {(random.Next(3) == 0 ? "?x" : $":o{random.Next(2)}")}";
    }

    private static int[]? SpecificationLayers(RuleSet ruleSet)
    {
        var graph = DependencyGraph.Create(ruleSet.Rules);
        var layers = new int[ruleSet.Rules.Length];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var rule = 0; rule < layers.Length; rule++)
            {
                foreach (var dependency in graph.DependenciesOf(rule))
                {
                    var least = layers[dependency.To] + (dependency.IsClosed ? 1 : 0);
                    if (layers[rule] >= least) continue;
                    if (least > layers.Length + 1) return null;
                    layers[rule] = least;
                    changed = true;
                }
            }
        }

        return layers;
    }

    private static void AssertRefines(DependencyGraph graph, Rules.Stratification stratification)
    {
        var place = stratification.Strata
            .SelectMany((stratum, number) => stratum.Rules.Select(rule => (rule, number)))
            .ToDictionary(entry => entry.rule, entry => entry.number);
        Assert.Equal(graph.Rules.Length, place.Count);
        for (var rule = 0; rule < graph.Rules.Length; rule++)
        {
            foreach (var dependency in graph.DependenciesOf(rule))
            {
                var from = place[graph.Rules[rule]];
                var to = place[graph.Rules[dependency.To]];
                Assert.True(dependency.IsClosed ? to < from : to <= from);
                if (to == from) Assert.True(stratification.Strata[from].IsRecursive);
            }
        }
    }
}
