namespace Reasoner.Knowledge.Tests;

/// <summary>Relations against a plain list: whatever the order of additions and questions, and however ids lie.</summary>
public class RelationTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        // subjects, range of objects, gap between objects
        { 200, 5, 1 },
        { 3, 2000, 1 },
        { 3, 2000, 64 },
        { 2, 40, 100_003 },
        { 1, 5000, 3 },
        { 500, 500, 7 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Relation_equals_list_of_facts(int subjects, int objects, int gap)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            var relation = new Relation(1);
            var rows = new List<(int Subject, int Object, int Origin, int Stamp)>();
            var rowOf = new Dictionary<(int, int), int>();
            var asksForRows = seed % 2 == 1;
            for (var i = 0; i < 4000; i++)
            {
                var (subject, @object) = (1 + random.Next(subjects), 1 + (random.Next(objects) * gap));
                var (origin, stamp) = random.Next(50) == 0 ? (random.Next(-3, 3), random.Next(3)) : rows.Count == 0 ? (-1, 1) : (rows[^1].Origin, rows[^1].Stamp);
                Assert.Equal(rowOf.TryAdd((subject, @object), rows.Count), relation.Add(subject, @object, origin, stamp));
                if (rowOf.Count > rows.Count) rows.Add((subject, @object, origin, stamp));
                if (asksForRows) Ask(relation, rowOf, 1 + random.Next(subjects), 1 + (random.Next(objects) * gap));
                if (random.Next(200) == 0)
                {
                    var row = random.Next(rows.Count);
                    relation.SetOrigin(row, -9, i);
                    rows[row] = rows[row] with { Origin = -9, Stamp = i };
                }
            }

            Check(relation, rows, rowOf, subjects, objects, gap);
            relation.Freeze();
            Check(relation, rows, rowOf, subjects, objects, gap);
        }
    }

    [Fact]
    public void Runs_join_rows_of_one_origin()
    {
        var relation = new Relation(1);
        for (var i = 0; i < 100; i++) relation.Add(i + 1, 1, origin: i / 10, stamp: 7);

        Assert.Equal(10, relation.RunCount);
        Assert.Equal((30, 40, 3), relation.RunAt(3));
        Assert.Equal((90, 100, 9), relation.RunAt(9));
    }

    private static void Check(
        Relation relation, List<(int Subject, int Object, int Origin, int Stamp)> rows, Dictionary<(int, int), int> rowOf, int subjects, int objects, int gap)
    {
        Assert.Equal(rows.Count, relation.Count);
        for (var row = 0; row < rows.Count; row++)
            Assert.Equal(rows[row], (relation.Subjects[row], relation.Objects[row], relation.OriginOf(row), relation.StampOf(row)));
        for (var subject = 0; subject <= subjects + 1; subject++)
        {
            var expected = Enumerable.Range(0, rows.Count).Where(row => rows[row].Subject == subject).Reverse().ToList();
            Assert.Equal(expected, Chain(relation.FirstBySubject(subject), relation.NextBySubject));
        }

        for (var i = 0; i < Math.Min(objects, 300); i++)
        {
            var @object = 1 + (i * gap);
            var expected = Enumerable.Range(0, rows.Count).Where(row => rows[row].Object == @object).Reverse().ToList();
            Assert.Equal(expected, Chain(relation.FirstByObject(@object), relation.NextByObject));
            for (var subject = 1; subject <= Math.Min(subjects, 10); subject++) Ask(relation, rowOf, subject, @object);
        }
    }

    private static void Ask(Relation relation, Dictionary<(int, int), int> rowOf, int subject, int @object) =>
        Assert.Equal(rowOf.GetValueOrDefault((subject, @object), -1), relation.Find(subject, @object));

    private static List<int> Chain(int first, Func<int, int> next)
    {
        var chain = new List<int>();
        for (var row = first; row >= 0; row = next(row)) chain.Add(row);
        return chain;
    }
}
