using Reasoner.Experts;

namespace Reasoner.Decisions;

/// <summary>Makes figures of tallies, all by the same draws of cases.</summary>
internal sealed class FigureSet(int cases, int resamples, CancellationToken cancellation)
{
    private readonly Dictionary<AnswerTally, AnswerFigures> _figures = [];
    private readonly List<(AnswerTally Tally, AnswerTable Table)> _tables = [];

    /// <summary>Adds a tally, unless it is empty.</summary>
    public FigureSet Add(AnswerTally? tally)
    {
        if (tally is { Count: > 0 }) _tables.Add((tally, tally.ToTable()));
        return this;
    }

    /// <summary>Makes the figures of all that were added.</summary>
    public void Measure()
    {
        var intervals = Bootstrap.Intervals(cases, resamples, [.. _tables.Select(each => each.Table)], cancellation);
        for (var i = 0; i < _tables.Count; i++)
        {
            var (tally, table) = _tables[i];
            _figures[tally] = ToFigures(tally, Bootstrap.Measure(cases, table), intervals[i]);
        }
    }

    /// <summary>A tally's figures; null where it was empty.</summary>
    public AnswerFigures? Of(AnswerTally tally) => _figures.GetValueOrDefault(tally);

    private AnswerFigures ToFigures(AnswerTally tally, double[] values, Interval?[] intervals)
    {
        return new AnswerFigures(
            Rounded(Figure.Decided),
            Rounded(Figure.Referred),
            Rounded(Figure.Open),
            Rounded(Figure.Infeasible),
            RoundedOrNone(Figure.Accuracy),
            RoundedOrNone(Figure.Auc),
            Rounded(Figure.Brier),
            RoundedOrNone(Figure.Cost),
            tally.Counts())
        {
            ExpectedCalibrationError = Rounded(Figure.Calibration),
            ExpectedCostOfAll = RoundedOrNone(Figure.CostOfAll),
            Invalid = RoundedOrNone(Figure.Invalid),
            MedianLatencyUs = RoundedOrNone(Figure.MedianUs, 1),
            Percentile99LatencyUs = RoundedOrNone(Figure.Percentile99Us, 1),
            Intervals = resamples == 0 ? null : new FigureIntervals
            {
                Decided = Of(Figure.Decided),
                Referred = Of(Figure.Referred),
                Open = Of(Figure.Open),
                Infeasible = Of(Figure.Infeasible),
                Accuracy = Of(Figure.Accuracy),
                Auc = Of(Figure.Auc),
                Brier = Of(Figure.Brier),
                ExpectedCalibrationError = Of(Figure.Calibration),
                ExpectedCost = Of(Figure.Cost),
                ExpectedCostOfAll = Of(Figure.CostOfAll),
                Invalid = Of(Figure.Invalid),
                MedianLatencyUs = Of(Figure.MedianUs, 1),
                Percentile99LatencyUs = Of(Figure.Percentile99Us, 1),
            },
        };

        double Rounded(Figure figure, int digits = 6) => Math.Round(values[(int)figure], digits);

        double? RoundedOrNone(Figure figure, int digits = 6) => double.IsNaN(values[(int)figure]) ? null : Rounded(figure, digits);

        Interval? Of(Figure figure, int digits = 6) => intervals[(int)figure] is { } interval
            ? new Interval(Math.Round(interval.Lower, digits), Math.Round(interval.Upper, digits))
            : null;
    }
}
