using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public class BootstrapTests
{
    [Fact]
    public void Intervals_cover_the_truth_about_as_often_as_they_should()
    {
        const int trials = 400, cases = 200;
        // Two normal distributions whose means are one deviation apart: the area is the normal distribution at 1/√2.
        const double area = 0.7602499, share = 0.7;
        var random = new Random(5);
        int[] numbers = [.. Enumerable.Range(0, cases)];
        int areas = 0, shares = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            bool[] isPositive = [.. numbers.Select(i => i % 2 == 0)];
            double[] scores = [.. isPositive.Select(positive => Normal(random) + (positive ? 1 : 0))];
            bool[] isRight = [.. numbers.Select(_ => random.NextDouble() < share)];
            var intervals = Bootstrap.Intervals(cases, 400, [new AreaAndShare(new RankedScores(scores, isPositive, numbers), isRight)])[0];
            if (intervals[0]!.Lower <= area && area <= intervals[0]!.Upper) areas++;
            if (intervals[1]!.Lower <= share && share <= intervals[1]!.Upper) shares++;
        }

        Assert.InRange((double)areas / trials, 0.91, 0.98);
        Assert.InRange((double)shares / trials, 0.91, 0.98);
    }

    [Fact]
    public void Figures_and_intervals_equal_those_of_samples_that_are_written_out()
    {
        const int resamples = 60;
        using var club = LabelledClub.Create(""" "costs": { "c:Enter": { "c:Leave": 5 }, "c:Leave": { "c:Enter": 1 } } """);
        using var domain = club.Load();
        var random = new Random(3);
        var tally = new AnswerTally(domain, [0, 1]);
        var added = new List<(int Outcome, int Answer, double[] Scores, bool Invalid, double Us)>();
        for (var i = 0; i < 120; i++)
        {
            // Few different scores, so that many are equal.
            var score = random.Next(8) / 7.0;
            var each = (random.NextDouble() < score ? 0 : 1, random.Next(-2, 3), new[] { score, 1 - score, 0.05 }, random.Next(4) == 0, Math.Round(random.NextDouble() * 100));
            added.Add(each);
            tally.Add(i, each.Item1, each.Item2, each.Item3, null, each.Item4, each.Item5);
        }

        var table = tally.ToTable();
        var written = new double[resamples][];
        for (var resample = 0; resample < resamples; resample++)
        {
            var counts = new int[added.Count];
            Bootstrap.Draw(resample, counts);
            Assert.Equal(added.Count, counts.Sum());
            var measured = new double[table.Figures];
            table.Measure(counts, measured);
            written[resample] = Figures([.. added.SelectMany((each, i) => Enumerable.Repeat(each, counts[i]))]);
            Assert.All(written[resample].Zip(measured), pair => Assert.Equal(pair.First, pair.Second, 9));
        }

        var intervals = Bootstrap.Intervals(added.Count, resamples, [table])[0];
        for (var figure = 0; figure < intervals.Length; figure++)
        {
            double[] sorted = [.. written.Select(values => values[figure]).Order()];
            // 59 gaps: the bounds lie 1.475 from each end.
            Assert.Equal(sorted[1] + (0.475 * (sorted[2] - sorted[1])), intervals[figure]!.Lower, 5);
            Assert.Equal(sorted[58] - (0.475 * (sorted[58] - sorted[57])), intervals[figure]!.Upper, 5);
        }

        double[] Figures(List<(int Outcome, int Answer, double[] Scores, bool Invalid, double Us)> sample)
        {
            double n = sample.Count;
            var metrics = ClassificationMetrics.Of(
                [.. sample.Select(each => new Proposal([new(domain.Answers[0].Value, each.Scores[0]), new(domain.Answers[1].Value, each.Scores[1])], []))],
                [.. sample.Select(each => domain.Answers[each.Outcome].Value)]);
            var decided = sample.Where(each => each.Answer is 0 or 1).ToList();
            double Cost((int Outcome, int Answer, double[], bool, double) each) => (each.Answer, each.Outcome) switch { (0, 1) => 5, (1, 0) => 1, _ => 0 };
            double[] times = [.. sample.Select(each => each.Us).Order()];
            return
            [
                decided.Count / n,
                sample.Count(each => each.Answer == 2) / n,
                sample.Count(each => each.Answer == AnswerTally.Open) / n,
                sample.Count(each => each.Answer == AnswerTally.None) / n,
                decided.Count(each => each.Answer == each.Outcome) / (double)decided.Count,
                metrics.Auc,
                metrics.Brier,
                metrics.ExpectedCalibrationError,
                decided.Sum(Cost) / decided.Count,
                decided.Sum(Cost) / n,
                sample.Count(each => each.Invalid) / (double)sample.Count(each => each.Answer >= 0),
                Bootstrap.Quantile(times, 0.5),
                Bootstrap.Quantile(times, 0.99),
            ];
        }
    }

    [Fact]
    public void Draws_differ_from_each_other_and_are_the_same_every_time()
    {
        int[] Draw(int resample)
        {
            var counts = new int[50];
            Bootstrap.Draw(resample, counts);
            return counts;
        }

        Assert.Equal(Draw(7), Draw(7));
        Assert.Equal(300, Enumerable.Range(0, 300).Select(resample => string.Join(',', Draw(resample))).Distinct().Count());
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class AreaAndShare(RankedScores ranks, bool[] isRight) : IResampled
    {
        public int Figures => 2;

        public void Measure(ReadOnlySpan<int> counts, Span<double> figures)
        {
            figures[0] = ranks.AreaUnderCurve(counts);
            double right = 0;
            for (var i = 0; i < isRight.Length; i++) right += isRight[i] ? counts[i] : 0;
            figures[1] = right / isRight.Length;
        }
    }
}
