using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Decisions;

namespace Reasoner.Reports.Tests;

public class ProofTests
{
    private const int Many = 10_000;

    public static TheoryData<string, Func<int, IEnumerable<int>>> LargeProofs => new()
    {
        { "a chain", step => step + 1 < Many ? [step + 1] : [] },
        { "a fan", step => step == 0 ? Enumerable.Range(1, Many - 1) : [] },
        { "a tree", step => Enumerable.Range((2 * step) + 1, 2).Where(premise => premise < Many) },
        { "a dense graph", step => Enumerable.Range(step + 1, 8).Where(premise => premise < Many) },
        { "circles", step => [(step + 1) % Many, (step * 7) % Many, step] },
    };

    [Theory, MemberData(nameof(LargeProofs))]
    public void A_report_of_ten_thousand_steps_stays_readable(string shape, Func<int, IEnumerable<int>> premises)
    {
        var record = WithProof(Many, premises);
        var explanation = Explanation.Of(record, default);
        var tree = Assert.Single(explanation.Proofs);
        var lines = Lines(tree.Root).ToList();
        Assert.True(lines.Count <= ReportLimits.TreeLines, shape);
        Assert.Equal(Many, lines.Count(line => !line.IsReference) + tree.LeftOut);
        Assert.InRange(tree.Picture!.Boxes.Count, 2, ReportLimits.PictureSteps);
        Assert.Equal(Many, tree.Picture.Boxes.Count + tree.Picture.LeftOut);
        foreach (var format in ReportFormat.ForPeople) Assert.InRange(Cases.Write(record, format).Length, 1, 400_000);
    }

    [Fact]
    public void A_step_is_shown_once_and_named_everywhere_else()
    {
        var lines = Explanation.Of(Cases.Record("declined"), default).Proofs.SelectMany(tree => Lines(tree.Root)).ToList();
        var shown = lines.Where(line => !line.IsReference).Select(line => line.Name).ToList();
        Assert.Equal(shown.Count, shown.Distinct().Count());
        Assert.Equal(Cases.Record("declined").Proofs.Keys.Order(), shown.Order());
        Assert.Contains(lines, line => line.IsReference);
        Assert.All(lines.Where(line => line.IsReference), line => Assert.Empty(line.Premises));
    }

    [Fact]
    public void A_missing_step_and_a_circle_are_reported_and_not_followed()
    {
        var tree = Explanation.Of(Cases.Record("hostile"), default).Proofs.Single();
        Assert.Collection(
            tree.Root.Premises,
            line => Assert.Equal("p\"2", line.Name),
            line => Assert.Null(line.Step),
            line => Assert.True(line.IsReference));
    }

    [Fact]
    public void Boxes_of_random_proofs_never_overlap_and_premises_lie_to_the_right()
    {
        var random = new Random(20260811);
        for (var round = 0; round < 60; round++)
        {
            var count = random.Next(1, 80);
            var premises = Enumerable.Range(0, count)
                .Select(step => Enumerable.Range(step + 1, count - step - 1).Where(_ => random.Next(count) < 3).ToArray()).ToArray();
            var record = WithProof(count, step => premises[step]);
            var picture = ProofPicture.Draw("s0", new ProofSteps(record.Proofs), ReportLimits.PictureSteps, ReportLimits.PictureLevels, default);
            foreach (var column in picture.Boxes.GroupBy(box => box.X))
            {
                var tops = column.Select(box => box.Y).Order().ToList();
                Assert.All(tops.Zip(tops.Skip(1)), pair => Assert.True(pair.Second - pair.First >= ProofPicture.BoxHeight));
                Assert.All(tops, top => Assert.InRange(top, 0, picture.Height - ProofPicture.BoxHeight));
            }

            var place = picture.Boxes.ToDictionary(box => box.Name, box => box.X);
            Assert.All(
                picture.Boxes.SelectMany(box => premises[int.Parse(box.Name[1..], CultureInfo.InvariantCulture)]
                    .Where(premise => place.ContainsKey($"s{premise}"))
                    .Select(premise => (From: box.X, To: place[$"s{premise}"]))),
                edge => Assert.True(edge.From + ProofPicture.BoxWidth < edge.To));
        }
    }

    [Fact]
    public void Writing_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => ExplanationReport.Write(Cases.Record("declined"), ReportFormat.Html, TextWriter.Null, cancelled.Token));
    }

    private static IEnumerable<ProofLine> Lines(ProofLine line) => line.Premises.SelectMany(Lines).Prepend(line);

    internal static DecisionRecord WithProof(int count, Func<int, IEnumerable<int>> premises)
    {
        var record = Cases.Record("declined");
        var candidate = record.Candidates[0] with { Violations = [record.Candidates[0].Violations[0] with { Proof = "s0" }] };
        return record with
        {
            Candidates = [candidate],
            Proofs = Enumerable.Range(0, count).ToImmutableSortedDictionary(
                step => $"s{step.ToString(CultureInfo.InvariantCulture)}",
                step => new ProofStep(
                    $"<urn:x:a> <urn:x:p> <urn:x:b{step.ToString(CultureInfo.InvariantCulture)}>", "urn:x:rule", "A rule", null,
                    [.. premises(step).Select(premise => $"s{premise.ToString(CultureInfo.InvariantCulture)}")], null),
                StringComparer.Ordinal),
        };
    }
}
