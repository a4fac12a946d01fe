using System.Collections;
using Reasoner.Experts.Onnx;

namespace Reasoner.Experts.Tests.Proposing;

public sealed class OddRowTests : IDisposable
{
    private readonly PublishedModel _published = new();

    public void Dispose() => _published.Dispose();

    [Theory]
    [InlineData(ExpertFormName.Operator)]
    [InlineData(ExpertFormName.Gather)]
    public void Numbers_that_are_none_count_as_missing_alone_and_in_a_batch(ExpertFormName form)
    {
        using var published = new PublishedModel(form == ExpertFormName.Operator ? ExpertForm.Operator : ExpertForm.Gather);
        using var proposer = MixtureProposer.Load(published.Folder, cachePlaces: 0);
        var missing = new FeatureRow(FeatureValue.Missing, FeatureValue.Of("car"), FeatureValue.Of(true));
        FeatureRow[] odd = [.. ((double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, -double.NaN]).Select(number => missing.With(0, FeatureValue.Of(number)))];
        var expected = proposer.Propose(missing);
        Assert.All(odd, row => Assert.Equal(expected.Answers, proposer.Propose(row).Answers));
        Assert.All(proposer.Propose([missing, .. odd]), proposal => Assert.All(expected.Answers, answer => Assert.Equal(answer.Probability, proposal.ProbabilityOf(answer.Answer), 1e-6)));
        Assert.All(odd, row => Assert.Equal(expected.Answers[0].Probability, published.Mixture.Propose(row).Answers[0].Probability, 1e-4));
    }

    [Fact]
    public void Extreme_numbers_and_a_row_without_any_value_get_probabilities()
    {
        using var proposer = MixtureProposer.Load(_published.Folder);
        FeatureRow nothing = new(FeatureValue.Missing, FeatureValue.Missing, FeatureValue.Missing);
        FeatureRow[] rows = [nothing, .. ((double[])[double.MaxValue, double.MinValue, double.Epsilon, -0.0]).Select(number => nothing.With(0, FeatureValue.Of(number)))];
        foreach (var proposal in (IEnumerable<Proposal>)[.. rows.Select(row => proposer.Propose(row)), .. proposer.Propose(rows)])
        {
            Assert.Equal(1, proposal.Answers.Sum(answer => answer.Probability), 1e-5);
            Assert.Equal(1, proposal.Preferences.Sum(answer => answer.Probability), 1e-5);
        }
    }

    [Fact]
    public void A_large_batch_takes_no_memory_but_its_results()
    {
        const int count = 200_000;
        using var published = new PublishedModel(hasPolicy: false);
        using var proposer = MixtureProposer.Load(published.Folder);
        var rows = new Rows(count);
        proposer.Propose(new Rows(64));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var proposals = proposer.Propose(rows);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(count, proposals.Count);
        // A proposal of three answers and two experts, and its place in the list.
        Assert.InRange(allocated / count, 1, 240 + 8);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(250_000)]
    public void A_large_batch_stops_within_a_group_of_rows(int cancelAt)
    {
        using var proposer = MixtureProposer.Load(_published.Folder);
        using var source = new CancellationTokenSource();
        var rows = new Rows(200_000) { Read = reads => { if (reads == cancelAt) source.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => proposer.Propose(rows, cancellation: source.Token));
        Assert.InRange(rows.Reads, cancelAt, cancelAt + 64);
        // What was borrowed is given back: the proposer works on.
        Assert.Equal(64, proposer.Propose(new Rows(64)).Count);
    }

    [Fact]
    public void More_rows_than_the_limit_are_refused_before_any_is_read()
    {
        using var proposer = MixtureProposer.Load(_published.Folder);
        var rows = new Rows(MixtureProposer.MaximumRows + 1);
        var refusal = Assert.Throws<ModelException>(() => proposer.Propose(rows));
        Assert.Equal("A batch of 1000001 rows is too large. Give at most 1000000 rows at a time.", refusal.Message);
        Assert.Equal(0, rows.Reads);
    }

    [Fact]
    public void A_row_of_a_batch_that_does_not_fit_is_named_by_its_number()
    {
        using var proposer = MixtureProposer.Load(_published.Folder);
        var good = new Rows(1)[0];
        var refusal = Assert.Throws<ModelException>(() => proposer.Propose([good, good, new FeatureRow(FeatureValue.Missing)]));
        Assert.StartsWith("Row 3 has 1 values", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ModelException>(() => proposer.Propose([good, good.With(1, FeatureValue.Of(1.0))]));
        Assert.StartsWith("Row 2 gives the categorical feature", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A form by a name that a public test may take.</summary>
    public enum ExpertFormName
    {
        Operator,
        Gather,
    }

    /// <summary>As many rows as one likes, that take no memory.</summary>
    private sealed class Rows(int count) : IReadOnlyList<FeatureRow>
    {
        private static readonly FeatureRow[] _different = [.. SyntheticCases.Mixed(100, 3).Select(row => row.Row)];

        public Action<int>? Read { get; init; }

        public int Reads { get; private set; }

        public int Count => count;

        public FeatureRow this[int index]
        {
            get
            {
                Read?.Invoke(++Reads);
                return _different[index % _different.Length];
            }
        }

        public IEnumerator<FeatureRow> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
