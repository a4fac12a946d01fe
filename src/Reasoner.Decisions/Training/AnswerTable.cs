namespace Reasoner.Decisions;

/// <summary>
/// What each case adds to each figure, computed once, so that a draw of cases is measured in one pass over them, and the
/// figures that go by rank in one pass over an order that is sorted once.
/// </summary>
internal sealed class AnswerTable : IResampled
{
    private const int Bins = 10;

    private readonly int[] _numbers;
    private readonly Kind[] _kinds;
    private readonly bool[] _isRight;
    private readonly bool[] _isInvalid;
    private readonly double[] _costs;
    private readonly double[] _costsOfAll;
    private readonly double[] _brier;
    private readonly byte[] _bins;
    private readonly double[] _overconfidence;
    private readonly RankedScores[] _ranks;
    private readonly int[] _byLatency;
    private readonly double[] _latencies;

    public AnswerTable(Domain domain, int[] classes, IReadOnlyList<AnsweredCase> cases)
    {
        _numbers = [.. cases.Select(each => each.Number)];
        var fallback = domain.Terms.Fallback;
        _kinds = [.. cases.Select(each => each.Answer switch
        {
            AnswerTally.Open => Kind.Open,
            AnswerTally.None => Kind.None,
            var answer => answer == fallback ? Kind.Referred : Kind.Decided,
        })];
        _isRight = [.. cases.Select(each => each.Answer == each.Outcome)];
        _isInvalid = [.. cases.Select(each => each.IsInvalid)];
        var costs = Costs(domain);
        _costs = [.. cases.Select(each => each.Answer < 0 || costs[each.Answer] is not { } row ? double.NaN : row[each.Outcome])];
        // Whoever has no answer goes to a person, as a referral does.
        _costsOfAll = [.. cases.Select(each => costs.All(row => row is null) ? double.NaN : costs.ElementAtOrDefault(each.Answer < 0 ? fallback : each.Answer)?[each.Outcome] ?? 0)];
        _brier = new double[cases.Count];
        _bins = new byte[cases.Count];
        _overconfidence = new double[cases.Count];
        for (var i = 0; i < cases.Count; i++)
        {
            var probabilities = cases[i].Probabilities;
            var right = Array.IndexOf(classes, cases[i].Outcome);
            for (var c = 0; c < probabilities.Length; c++)
            {
                var miss = probabilities[c] - (c == right ? 1 : 0);
                _brier[i] += miss * miss / 2;
            }

            var likeliest = Array.IndexOf(probabilities, probabilities.Max());
            _bins[i] = (byte)Math.Min(Bins - 1, (int)(probabilities[likeliest] * Bins));
            _overconfidence[i] = probabilities[likeliest] - (likeliest == right ? 1 : 0);
        }

        _ranks = [.. classes.Select((answer, c) => new RankedScores(
            [.. cases.Select(each => each.Probabilities[c])], [.. cases.Select(each => each.Outcome == answer)], _numbers))];
        var timed = Enumerable.Range(0, cases.Count).Where(i => !double.IsNaN(cases[i].LatencyUs)).OrderBy(i => cases[i].LatencyUs).ToList();
        _byLatency = [.. timed.Select(i => _numbers[i])];
        _latencies = [.. timed.Select(i => cases[i].LatencyUs)];
    }

    private enum Kind : byte
    {
        Decided,
        Referred,
        Open,
        None,
    }

    public int Figures => (int)Figure.Count;

    public void Measure(ReadOnlySpan<int> counts, Span<double> figures)
    {
        Span<long> kinds = stackalloc long[4];
        Span<double> bins = stackalloc double[Bins];
        kinds.Clear();
        bins.Clear();
        long right = 0, invalid = 0, priced = 0;
        double cost = 0, costOfAll = 0, brier = 0;
        for (var i = 0; i < _numbers.Length; i++)
        {
            var count = counts[_numbers[i]];
            if (count == 0) continue;
            kinds[(int)_kinds[i]] += count;
            if (_isRight[i] && _kinds[i] == Kind.Decided) right += count;
            if (_isInvalid[i]) invalid += count;
            if (!double.IsNaN(_costs[i]))
            {
                cost += count * _costs[i];
                priced += count;
            }

            costOfAll += count * _costsOfAll[i];
            brier += count * _brier[i];
            bins[_bins[i]] += count * _overconfidence[i];
        }

        double all = kinds[0] + kinds[1] + kinds[2] + kinds[3];
        double calibration = 0;
        foreach (var bin in bins) calibration += Math.Abs(bin);
        figures[(int)Figure.Decided] = kinds[(int)Kind.Decided] / all;
        figures[(int)Figure.Referred] = kinds[(int)Kind.Referred] / all;
        figures[(int)Figure.Open] = kinds[(int)Kind.Open] / all;
        figures[(int)Figure.Infeasible] = kinds[(int)Kind.None] / all;
        figures[(int)Figure.Accuracy] = right / (double)kinds[(int)Kind.Decided];
        figures[(int)Figure.Auc] = Auc(counts);
        figures[(int)Figure.Brier] = brier / all;
        figures[(int)Figure.Calibration] = calibration / all;
        figures[(int)Figure.Cost] = cost / priced;
        figures[(int)Figure.CostOfAll] = costOfAll / all;
        figures[(int)Figure.Invalid] = invalid / (double)(kinds[(int)Kind.Decided] + kinds[(int)Kind.Referred]);
        Latencies(counts, figures);
    }

    /// <summary>The manifest's costs by place of the answer, then of the outcome; null where it states none of an answer.</summary>
    private static double[]?[] Costs(Domain domain) =>
    [
        .. domain.Manifest.Answers.Select(answer => domain.Manifest.Costs.TryGetValue(answer, out var row)
            ? domain.Manifest.Answers.Select(outcome => row.GetValueOrDefault(outcome)).ToArray()
            : null),
    ];

    private double Auc(ReadOnlySpan<int> counts)
    {
        double sum = 0;
        var defined = 0;
        foreach (var ranks in _ranks)
        {
            var auc = ranks.AreaUnderCurve(counts);
            if (double.IsNaN(auc)) continue;
            sum += auc;
            defined++;
        }

        return sum / defined;
    }

    private void Latencies(ReadOnlySpan<int> counts, Span<double> figures)
    {
        long drawn = 0;
        foreach (var number in _byLatency) drawn += counts[number];
        figures[(int)Figure.MedianUs] = Quantile(counts, drawn, 0.5);
        figures[(int)Figure.Percentile99Us] = Quantile(counts, drawn, 0.99);
    }

    private double Quantile(ReadOnlySpan<int> counts, long drawn, double share)
    {
        if (drawn == 0) return double.NaN;
        var place = (drawn - 1) * share;
        var below = (long)place;
        long passed = 0;
        for (var i = 0; i < _byLatency.Length; i++)
        {
            passed += counts[_byLatency[i]];
            if (passed <= below) continue;
            var next = i;
            if (passed == below + 1)
                do next++; while (next < _byLatency.Length && counts[_byLatency[next]] == 0);
            return next < _latencies.Length ? _latencies[i] + ((place - below) * (_latencies[next] - _latencies[i])) : _latencies[i];
        }

        return double.NaN;
    }
}

/// <summary>The figures of a table, in their order.</summary>
internal enum Figure
{
    Decided,
    Referred,
    Open,
    Infeasible,
    Accuracy,
    Auc,
    Brier,
    Calibration,
    Cost,
    CostOfAll,
    Invalid,
    MedianUs,
    Percentile99Us,
    Count,
}

/// <summary>Scores in their order, for the area under the ROC curve of any draw of the cases.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;
    private readonly bool[] _isPositive;
    private readonly bool[] _endsTie;

    /// <summary>Sorts once.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="isPositive">Which of them should be high.</param>
    /// <param name="numbers">The cases' numbers, by which draws count them.</param>
    public RankedScores(double[] scores, bool[] isPositive, int[] numbers)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderBy(i => scores[i])];
        _order = [.. order.Select(i => numbers[i])];
        _isPositive = [.. order.Select(i => isPositive[i])];
        _endsTie = [.. order.Select((i, place) => place + 1 == order.Length || scores[order[place + 1]] != scores[i])];
    }

    /// <summary>
    /// How often a positive case scores above a negative one, equal scores counting half: the Mann-Whitney statistic over its
    /// largest value. Not-a-number where one of the two kinds is missing.
    /// </summary>
    public double AreaUnderCurve(ReadOnlySpan<int> counts)
    {
        long negatives = 0, positives = 0, tiedNegatives = 0, tiedPositives = 0;
        // Twice the statistic, which so stays a whole number.
        double above = 0;
        for (var i = 0; i < _order.Length; i++)
        {
            if (_isPositive[i]) tiedPositives += counts[_order[i]];
            else tiedNegatives += counts[_order[i]];
            if (!_endsTie[i]) continue;
            above += tiedPositives * (double)((2 * negatives) + tiedNegatives);
            negatives += tiedNegatives;
            positives += tiedPositives;
            tiedNegatives = tiedPositives = 0;
        }

        return above / 2 / (positives * (double)negatives);
    }
}
