namespace Reasoner.Decisions.Tests;

public class ConflictsTests
{
    [Fact]
    public void No_conflict_where_a_candidate_violates_nothing() => Assert.Empty(Conflicts.Smallest([[1, 2], []]));

    [Fact]
    public void One_constraint_that_all_violate_is_enough() => Assert.Equal([2], Conflicts.Smallest([[1, 2], [2, 3], [2]]));

    [Fact]
    public void The_smallest_set_is_as_small_as_trying_all_sets_finds()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var violations = Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(7)).ToHashSet())
                .ToList();
            var smallest = Enumerable.Range(0, 1 << 7)
                .Where(set => violations.TrueForAll(each => each.Any(constraint => (set >> constraint & 1) == 1)))
                .Min(set => int.PopCount(set));

            var found = Conflicts.Smallest(violations);

            Assert.Equal(smallest, found.Count);
            Assert.All(violations, each => Assert.True(each.Overlaps(found)));
        }
    }
}
