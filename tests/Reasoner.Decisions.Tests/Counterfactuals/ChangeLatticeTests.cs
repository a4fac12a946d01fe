using Reasoner.Decisions.Counterfactuals;

namespace Reasoner.Decisions.Tests;

public class ChangeLatticeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gives_every_combination_once_by_rising_cost(int most)
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var random = new Random(seed);
            var costs = Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => (IReadOnlyList<decimal>)[.. Enumerable.Range(0, random.Next(5)).Select(_ => (decimal)random.Next(1, 6)).Order()]).ToList();
            var lattice = new ChangeLattice(costs, most);
            var points = new List<ChangePoint>();
            while (lattice.TryNext(_ => false, out var point)) points.Add(point);

            var expected = costs.Aggregate(new List<int> { 0 }, (sizes, alternatives) => [.. sizes.SelectMany(size => Enumerable.Repeat(size + 1, alternatives.Count).Prepend(size))]);
            Assert.Equal(expected.Count(size => size >= 1 && size <= most), points.Count);
            Assert.Equal(points.Count, points.Distinct().Count());
            Assert.Equal(points.Select(lattice.CostOf).Order(), points.Select(lattice.CostOf));
        }
    }

    [Fact]
    public void Leaves_out_sets_of_properties_that_are_dead()
    {
        var lattice = new ChangeLattice([[1m, 2m], [1m, 2m], [5m]], 2);
        var points = new List<ChangePoint>();
        while (lattice.TryNext(mask => (mask & 1) != 0, out var point)) points.Add(point);
        Assert.Equal([0b10UL, 0b10UL, 0b100UL, 0b110UL, 0b110UL], points.Select(point => point.Mask));
    }

    [Fact]
    public void A_nogood_excludes_what_agrees_with_it_and_nothing_else()
    {
        var nogoods = new Nogoods();
        nogoods.Add(0b011, ChangePoint.Of([(0, 4), (2, 7)]));

        Assert.True(nogoods.Exclude(ChangePoint.Of([(0, 4)])));
        Assert.True(nogoods.Exclude(ChangePoint.Of([(0, 4), (3, 1)])));
        Assert.False(nogoods.Exclude(ChangePoint.Of([(0, 3)])));
        Assert.False(nogoods.Exclude(ChangePoint.Of([(0, 4), (1, 0)])));
        Assert.False(nogoods.ExcludeAll(0b100));

        nogoods.Add(0b011, default);
        Assert.True(nogoods.ExcludeAll(0b100));
        Assert.False(nogoods.ExcludeAll(0b110));
    }
}
