namespace Reasoner.Experts;

/// <summary>Divides rows so that every part holds each class in the same proportion.</summary>
internal static class Stratification
{
    /// <summary>Sets a share of each class aside, rounded down, so that no class loses its last row.</summary>
    public static (int[] Kept, int[] HeldOut) HoldOut(int[] classes, double share, Random random)
    {
        var kept = new List<int>();
        var heldOut = new List<int>();
        foreach (var rows in ShuffledByClass(classes, random))
        {
            var held = (int)(rows.Length * share);
            heldOut.AddRange(rows[..held]);
            kept.AddRange(rows[held..]);
        }

        kept.Sort();
        heldOut.Sort();
        return ([.. kept], [.. heldOut]);
    }

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
