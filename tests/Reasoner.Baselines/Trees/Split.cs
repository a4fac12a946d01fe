namespace Reasoner.Baselines;

/// <summary>A way to divide a node's rows by one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Gain">What the loss falls by, to second order; 0 or less where there is no way.</param>
/// <param name="LeftBins">The bins that go left, those that no row of the node is in among them where most rows go left.</param>
/// <param name="Left">The sums over the rows that go left.</param>
internal readonly record struct Split(int Column, double Gain, BinSet LeftBins, GradientSum Left)
{
    /// <summary>A gain below this is rounding.</summary>
    private const double LeastGain = 1e-10;

    public static Split None => new(-1, LeastGain, default, default);

    public bool IsFound => Column >= 0;

    /// <summary>The better of this split and the best by a column whose sums are given by bin.</summary>
    public Split OrBetter(int column, FeatureBins bins, ReadOnlySpan<GradientSum> sums, GradientSum total, BoostingOptions options) => bins.IsOrdered
        ? OrBetterThreshold(column, bins, sums, total, options)
        : OrBetterGroup(column, bins, sums, total, options);

    private static double GainOf(GradientSum left, GradientSum total, double penalty, BoostingOptions options)
    {
        var right = total - left;
        if (left.Rows == 0 || right.Rows == 0 || left.Hessian < options.LeastChildWeight || right.Hessian < options.LeastChildWeight) return 0;
        return (left.Score(penalty) + right.Score(penalty) - total.Score(options.LeafPenalty)) / 2;
    }

    /// <summary>Every threshold, with the missing values on either side; the last one divides the missing from all others.</summary>
    private Split OrBetterThreshold(int column, FeatureBins bins, ReadOnlySpan<GradientSum> sums, GradientSum total, BoostingOptions options)
    {
        var (best, bestLeft, threshold, isMissingLeft) = (Gain, Left, -1, false);
        GradientSum below = default;
        var missing = sums[bins.Missing];
        for (var bin = 0; bin < bins.Missing; bin++)
        {
            if (sums[bin].Rows == 0) continue;
            below += sums[bin];
            var gain = GainOf(below, total, options.LeafPenalty, options);
            if (gain > best) (best, bestLeft, threshold, isMissingLeft) = (gain, below, bin, false);
            if (missing.Rows == 0) continue;
            gain = GainOf(below + missing, total, options.LeafPenalty, options);
            if (gain > best) (best, bestLeft, threshold, isMissingLeft) = (gain, below + missing, bin, true);
        }

        if (threshold < 0) return this;
        BinSet left = default;
        for (var bin = 0; bin <= threshold; bin++) left.Add(bin);
        // Where no value was missing, one that is goes the way of most rows.
        if (missing.Rows == 0 ? bestLeft.Rows * 2 > total.Rows : isMissingLeft) left.Add(bins.Missing);
        return new(column, best, left, bestLeft);
    }

    /// <summary>
    /// Groups of categories: in the order of their mean gradients one of the best groups is a beginning (Fisher 1958), so
    /// that not all of them need be tried. Missing is a category here.
    /// </summary>
    private Split OrBetterGroup(int column, FeatureBins bins, ReadOnlySpan<GradientSum> sums, GradientSum total, BoostingOptions options)
    {
        Span<int> order = stackalloc int[bins.Count];
        Span<double> means = stackalloc double[bins.Count];
        var seen = 0;
        for (var bin = 0; bin < bins.Count; bin++)
        {
            if (sums[bin].Rows == 0) continue;
            means[seen] = sums[bin].Gradient / (sums[bin].Hessian + options.CategorySmoothing);
            order[seen++] = bin;
        }

        means[..seen].Sort(order[..seen]);
        var (best, bestLeft, length) = (Gain, Left, 0);
        GradientSum below = default;
        for (var i = 0; i < seen - 1; i++)
        {
            below += sums[order[i]];
            var gain = GainOf(below, total, options.LeafPenalty + options.CategoryPenalty, options);
            if (gain > best) (best, bestLeft, length) = (gain, below, i + 1);
        }

        if (length == 0) return this;
        BinSet left = default;
        foreach (var bin in order[..length]) left.Add(bin);
        if (bestLeft.Rows * 2 > total.Rows)
        {
            for (var bin = 0; bin < bins.Count; bin++)
                if (sums[bin].Rows == 0) left.Add(bin);
        }

        return new(column, best, left, bestLeft);
    }
}
