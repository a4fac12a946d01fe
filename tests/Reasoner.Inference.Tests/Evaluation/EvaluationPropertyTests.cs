namespace Reasoner.Inference.Tests;

public class EvaluationPropertyTests
{
    private const int Programs = 300;

    [Fact]
    public void Semi_naive_evaluation_equals_naive_evaluation()
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed, count: 2 + (seed % 8));
            var data = World.Triples(new RandomPrograms(seed).Data(20));
            var expected = World.Print(NaiveEvaluator.Evaluate(rules, data));
            var actual = World.Print(World.Materialize(rules, data).Graph.Triples);
            Assert.True(expected == actual, Failure(seed, text, data, expected, actual));
        }
    }

    [Fact]
    public void Overlay_equals_full_reevaluation()
    {
        for (var seed = 0; seed < Programs * 2; seed++)
        {
            var (rules, text) = World.StratifiableRules(seed + 5000, count: 3 + (seed % 8));
            var all = World.Triples(new RandomPrograms(seed).Data(20));
            var split = seed % (all.Count + 1);
            var expected = World.Print(NaiveEvaluator.Evaluate(rules, all));
            var overlay = World.Extend(rules, all[..split], all[split..]);
            var actual = World.Print(overlay.Graph.Triples);
            Assert.True(expected == actual, Failure(seed, text, all, expected, actual, split));
            Assert.Equal(overlay.Graph.Triples.Count(), overlay.Graph.Count);
        }
    }

    [Fact]
    public void Overlay_leaves_its_base_as_it_was()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (rules, _) = World.StratifiableRules(seed + 9000, count: 5);
            var all = World.Triples(new RandomPrograms(seed).Data(20));
            var baseline = World.Materialize(rules, all[..8]);
            baseline.Graph.Freeze();
            var before = World.Print(baseline.Graph.Triples);
            Materializer.Extend(baseline, World.Graph(all[8..], baseline.Graph), World.Options);
            Assert.Equal(before, World.Print(baseline.Graph.Triples));
        }
    }

    private static string Failure(
        int seed, string rules, IEnumerable<Rdf.Triple> data, string expected, string actual, int split = -1)
    {
        var (e, a) = (expected.Split('\n'), actual.Split('\n'));
        return $"seed {seed}, split {split}\n{rules}\nDATA\n{string.Join('\n', data)}\nMISSING\n{string.Join('\n', e.Except(a))}\nTOO MUCH\n{string.Join('\n', a.Except(e))}";
    }
}
