namespace Reasoner.Experts;

/// <summary>Divides rows so that every part holds each class in the same proportion.</summary>
internal static class Stratification
{
    /// <summary>The number of the fold of each row.</summary>
    public static int[] Folds(int[] classes, int folds, Random random)
    {
        var fold = new int[classes.Length];
        var next = 0;
        foreach (var rows in ShuffledByClass(classes, random))
            foreach (var row in rows) fold[row] = next++ % folds;
        return fold;
    }

    private static IEnumerable<int[]> ShuffledByClass(int[] classes, Random random)
    {
        var byClass = Enumerable.Range(0, classes.Length).GroupBy(row => classes[row]).OrderBy(group => group.Key);
        foreach (var group in byClass)
        {
            int[] rows = [.. group];
            random.Shuffle(rows);
            yield return rows;
        }
    }
}
