using System.Globalization;
using Reasoner.Experts;

namespace Reasoner.Benchmarks;

/// <summary>What a proposal costs that has to be computed, and one that is still kept.</summary>
internal static class CacheRun
{
    public static IReadOnlyList<string> Measure(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-model-");
        try
        {
            var size = ExpertSize.All[^1];
            ModelFolder.Write(folder.FullName, size.Mixture(8), "random", new("none", new('0', 64), 0, "Random weights"));
            using var cached = MixtureProposer.Load(folder.FullName);
            using var uncached = MixtureProposer.Load(folder.FullName, cachePlaces: 0);
            var random = new Random(1);
            FeatureRow[] rows = [.. Enumerable.Range(0, 32).Select(_ => new FeatureRow([.. cached.Schema.Select(_ => FeatureValue.Of(random.Next(2) == 0))]))];
            using var hit = new ExpertContestant("hit", start => cached.Propose(rows[start % rows.Length]));
            using var run = new ExpertContestant("run", start => uncached.Propose(rows[start % rows.Length]));
            foreach (var row in rows) cached.Propose(row);
            for (var round = 0; round < rounds; round++)
                foreach (var contestant in (ExpertContestant[])[run, hit]) contestant.Take(milliseconds: 3, batch: 1);
            return
            [
                "",
                "## The cache of feature patterns",
                "",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"`Propose` of one row, checked and encoded, {size.Name} size, 8 experts: {run.Median:0.00} us computed ({run.Allocated} bytes allocated), {hit.Median:0.00} us from the cache ({hit.Allocated} bytes): {run.Median / hit.Median:0.0} times as fast."),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
