namespace Reasoner.Baselines;

/// <summary>Divides rows into folds that hold each class in the same proportion.</summary>
public static class StratifiedFolds
{
    /// <summary>The number of the fold of each row, 0 to <paramref name="folds"/> - 1.</summary>
    /// <param name="classes">The class of each row.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">Decides which rows fall together.</param>
    public static int[] Assign<T>(IReadOnlyList<T> classes, int folds, int seed)
    {
        var random = new Random(seed);
        var fold = new int[classes.Count];
        var next = 0;
        foreach (var group in Enumerable.Range(0, classes.Count).GroupBy(row => classes[row]).OrderBy(group => group.Key))
        {
            int[] rows = [.. group];
            random.Shuffle(rows);
            foreach (var row in rows) fold[row] = next++ % folds;
        }

        return fold;
    }

    /// <summary>The rows of a fold, and all others.</summary>
    public static (int[] Others, int[] Fold) Divide(int[] foldOf, int fold) =>
        ([.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] != fold)], [.. Enumerable.Range(0, foldOf.Length).Where(row => foldOf[row] == fold)]);
}
