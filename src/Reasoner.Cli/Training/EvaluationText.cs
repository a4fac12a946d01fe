using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Cli;

/// <summary>An evaluation in words and tables.</summary>
internal static class EvaluationText
{
    private const int NameWidth = 28;
    private const int FigureWidth = 24;

    private static readonly (string Name, string Format, Func<AnswerFigures, double?> Value, Func<FigureIntervals, Interval?> Interval)[] _rows =
    [
        ("decided", "0.000", figures => figures.Decided, intervals => intervals.Decided),
        ("left to a person", "0.000", figures => figures.Referred, intervals => intervals.Referred),
        ("left open", "0.000", figures => figures.Open, intervals => intervals.Open),
        ("no answer possible", "0.000", figures => figures.Infeasible, intervals => intervals.Infeasible),
        ("accuracy of decided", "0.000", figures => figures.Accuracy, intervals => intervals.Accuracy),
        ("AUC", "0.000", figures => figures.Auc, intervals => intervals.Auc),
        ("Brier score", "0.000", figures => figures.Brier, intervals => intervals.Brier),
        ("calibration error", "0.000", figures => figures.ExpectedCalibrationError, intervals => intervals.ExpectedCalibrationError),
        ("cost an answered case", "0.000", figures => figures.ExpectedCost, intervals => intervals.ExpectedCost),
        ("cost a case", "0.000", figures => figures.ExpectedCostOfAll, intervals => intervals.ExpectedCostOfAll),
        ("answers breaking a rule", "0.000", figures => figures.Invalid, intervals => intervals.Invalid),
        ("median time, us", "0", figures => figures.MedianLatencyUs, intervals => intervals.MedianLatencyUs),
        ("99th percentile, us", "0", figures => figures.Percentile99LatencyUs, intervals => intervals.Percentile99LatencyUs),
    ];

    /// <summary>Writes an evaluation.</summary>
    /// <param name="report">The evaluation.</param>
    /// <param name="output">Takes the figures.</param>
    /// <param name="errors">Takes the rows that were refused.</param>
    public static void Write(EvaluationReport report, TextWriter output, TextWriter errors)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Rows} labelled cases of {report.File}"));
        if (report.Unlabelled > 0) output.WriteLine($"{report.Unlabelled} cases have no outcome and do not count");
        foreach (var refused in report.Refused.Take(10)) errors.WriteLine(refused);
        if (report.Refused.Length > 0) output.WriteLine($"{report.Refused.Length} cases were refused and do not count");
        if (report.InSample) output.WriteLine("The model was trained on this very file: look at the cross-validated figures.");
        if (report.Resamples > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"In brackets: 95 % confidence intervals, bootstrap over cases, {report.Resamples:N0} resamples"));
        Table(output, "As shipped", [("model alone", report.Model), ("  where both decide", report.ModelWhereDecided), ("rules alone", report.Rules), ("both", report.Pipeline)]);
        if (report.OutOfSample is { } crossed)
        {
            Table(
                output,
                $"By {crossed.Folds}-fold cross-validation",
                [("model alone", crossed.Model), ("  where both decide", crossed.ModelWhereDecided), ("rules alone", report.Rules), ("both", crossed.Pipeline)]);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Model over the folds: AUC {crossed.Auc.Mean:0.000} ±{crossed.Auc.Deviation:0.000}, accuracy {crossed.Accuracy.Mean:0.000} ±{crossed.Accuracy.Deviation:0.000}, Brier {crossed.Brier.Mean:0.000} ±{crossed.Brier.Deviation:0.000}"));
        }

        if ((report.OutOfSample?.Fairness ?? report.Fairness) is { } fairness)
            FairnessText.Write(fairness, report.OutOfSample is null ? "as shipped" : "by cross-validation", output);
        output.WriteLine();
        output.WriteLine(report.ReferralCost);
        output.WriteLine("Times: model alone reads its features off the case's facts and computes; rules alone represent the case and derive; both decide without explanation.");
        var counts = (report.OutOfSample?.Pipeline ?? report.Pipeline).Answers;
        output.WriteLine();
        output.WriteLine("Answers of both against outcomes");
        foreach (var count in counts) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  was {count.Outcome,-14} answered {count.Answer,-14} {count.Count,6}"));
    }

    private static void Table(TextWriter output, string title, IReadOnlyList<(string Name, AnswerFigures? Figures)> columns)
    {
        var given = columns.Where(column => column.Figures is not null).ToList();
        output.WriteLine();
        output.WriteLine($"{title,-NameWidth}{string.Concat(given.Select(column => $"  {column.Name,-FigureWidth}"))}".TrimEnd());
        foreach (var (name, format, value, interval) in _rows)
        {
            // What never happens and what was never measured is left out.
            if (given.All(column => value(column.Figures!) is null)) continue;
            if (name is "left open" or "no answer possible" && given.All(column => value(column.Figures!) is 0)) continue;
            output.WriteLine($"{name,-NameWidth}{string.Concat(given.Select(column => $"  {Cell(column.Figures!),-FigureWidth}"))}".TrimEnd());

            string Cell(AnswerFigures figures)
            {
                if (value(figures) is not { } number) return "-";
                var text = number.ToString(format, CultureInfo.InvariantCulture);
                return figures.Intervals is { } intervals && interval(intervals) is { } bounds
                    ? $"{text} [{bounds.Lower.ToString(format, CultureInfo.InvariantCulture)} {bounds.Upper.ToString(format, CultureInfo.InvariantCulture)}]"
                    : text;
            }
        }
    }
}
