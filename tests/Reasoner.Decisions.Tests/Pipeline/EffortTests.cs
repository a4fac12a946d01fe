using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>Every case of the lending sample at every effort, by the shipped model.</summary>
public class EffortTests
{
    private static readonly Lazy<IReadOnlyList<CaseInput>> Cases = new(() => [.. LabelledCases.Read(LendingDomain.Shared, Lending.Sample)]);

    [Theory]
    [InlineData(Effort.Low)]
    [InlineData(Effort.Medium)]
    [InlineData(Effort.High)]
    public void Every_case_gets_an_answer_and_none_violates_a_rule(Effort effort)
    {
        Assert.Equal(300, Cases.Value.Count);
        foreach (var (input, record) in Decide(effort))
        {
            var answer = Assert.Single(record.Candidates, candidate => candidate.Answer == record.Answer);
            Assert.Equal(Verdict.Accepted, answer.Verdict);

            // The rules are asked again, of every answer, with the scores of the record.
            var scores = LendingDomain.Shared.Answers.Select(iri => record.Candidates.Single(candidate => candidate.Answer.Iri == iri.Value).Score).ToList();
            var rejected = LendingDomain.Pipeline.Rejected(input, scores, default);
            foreach (var candidate in record.Candidates.Where(candidate => candidate.Verdict != Verdict.NotTried))
                Assert.Equal(candidate.Verdict == Verdict.Rejected, rejected[PlaceOf(candidate)]);
        }
    }

    [Theory]
    [InlineData(Effort.Low)]
    [InlineData(Effort.Medium)]
    [InlineData(Effort.High)]
    public void Of_those_that_stand_the_likeliest_is_given(Effort effort)
    {
        foreach (var (_, record) in Decide(effort))
        {
            var standing = record.Candidates.Where(candidate => candidate.Verdict == Verdict.Accepted).ToList();
            Assert.Equal(standing.OrderByDescending(candidate => candidate.Score).ThenBy(PlaceOf).First().Answer, record.Answer);
        }
    }

    [Fact]
    public void An_answer_that_the_model_prefers_gives_way_to_a_likelier_one_that_stands() =>
        Assert.Contains(
            Decide(Effort.High),
            each => each.Record.Candidates[0] is { Verdict: Verdict.Accepted } first && first.Answer != each.Record.Answer);

    [Fact]
    public void At_low_effort_answers_are_left_untried_without_a_word_about_them()
    {
        var records = Decide(Effort.Low).Select(each => each.Record).ToList();

        Assert.Contains(records, record => record.Thinking.Rounds == 1);
        Assert.Contains(records, record => record.Thinking.Rounds == 2);
        foreach (var record in records)
        {
            // One answer a round, until one stands.
            Assert.Equal(record.Thinking.Rounds, record.Thinking.CandidatesTried);
            Assert.Equal(record.Thinking.CandidatesTried, record.Candidates.Count(candidate => candidate.Verdict != Verdict.NotTried));
            Assert.Contains(record.Candidates, candidate => candidate.Verdict == Verdict.Accepted);
            Assert.All(record.Candidates.Skip(record.Thinking.CandidatesTried), candidate => Assert.Equal((Verdict.NotTried, 0, 0), (candidate.Verdict, candidate.Violations.Length, candidate.Supports.Length)));
        }
    }

    [Fact]
    public void At_high_effort_nothing_is_left_untried() =>
        Assert.All(Decide(Effort.High), each => Assert.DoesNotContain(each.Record.Candidates, candidate => candidate.Verdict == Verdict.NotTried));

    [Fact]
    public void What_an_answer_violated_changes_what_is_preferred_next()
    {
        var pipeline = LendingDomain.Pipeline;
        var shifted = 0;
        foreach (var (input, record) in Decide(Effort.Low).Where(each => each.Record.Thinking.Rounds == 2))
        {
            var (materialization, subject) = pipeline.Represent(input, default);
            var row = LendingDomain.Shared.Features.Read(materialization.Graph, subject);

            // The first round by one expert: what the rules then said of the answer that it preferred feeds the second round, by two.
            var first = pipeline.ScoresOf(row, 1);
            var preferences = first.PreferencesAfter([]);
            var violated = pipeline.Verdicts(input, first.ByAnswer, default)[preferences.IndexOf(preferences.Max())].Violated;
            var second = pipeline.ScoresOf(row, 2);
            var expected = second.PreferencesAfter(violated);

            Assert.NotEmpty(violated);
            Assert.All(record.Candidates, candidate => Assert.Equal(expected[PlaceOf(candidate)], candidate.Preference!.Value));
            if (!expected.SequenceEqual(second.PreferencesAfter([]))) shifted++;
        }

        Assert.True(shifted > 0, "No violation shifted any preference.");
    }

    [Theory]
    [InlineData(Effort.Low)]
    [InlineData(Effort.Medium)]
    [InlineData(Effort.High)]
    public void Records_of_every_effort_verify(Effort effort)
    {
        var verifier = new DecisionVerifier(LendingDomain.Shared);
        foreach (var (_, record) in Decide(effort, Explanation.Full).Where((_, i) => i % 10 == 0)) Assert.Empty(verifier.Verify(record));
    }

    [Theory]
    [InlineData("\"c:Enter\", \"c:Leave\"", "urn:club#Enter")]
    [InlineData("\"c:Leave\", \"c:Enter\"", "urn:club#Leave")]
    public void Of_equally_likely_answers_the_manifests_first_is_given(string answers, string given)
    {
        using var files = new SmallDomain()
            .Write("ontologies/club/domain.json", SmallDomain.ManifestWith().Replace("\"c:Enter\", \"c:Leave\"", answers, StringComparison.Ordinal))
            .Write("rules/club/door.srl", SmallDomain.Prefixes + "RULE c:has-paid { ?visit c:paid true } WHERE { ?visit c:fee ?fee . FILTER(?fee > 0) }");
        using var domain = files.Load();
        foreach (var effort in Enum.GetValues<Effort>())
        {
            var record = new DecisionPipeline(domain).Decide(
                CaseInput.OfJson("""{ "@type": "Visit", "fee": 3 }"""u8.ToArray()), new DecisionOptions { Effort = effort });
            Assert.Equal(given, record.Answer!.Iri);
            Assert.All(record.Candidates, candidate => Assert.Null(candidate.Preference));
        }
    }

    /// <summary>The first case of the sample that takes two rounds at low effort, decided so, with an answer left untried.</summary>
    public static DecisionRecord TwoRounds { get; } = Decide(Effort.Low, Explanation.Full).Select(each => each.Record)
        .First(record => record.Thinking is { Rounds: 2, CandidatesTried: 2 });

    private static IEnumerable<(CaseInput Input, DecisionRecord Record)> Decide(Effort effort, Explanation explanation = Explanation.Summary) =>
        Cases.Value.Select(input => (input, LendingDomain.Pipeline.Decide(input, new DecisionOptions { Effort = effort, Explanation = explanation })));

    private static int PlaceOf(CandidateRecord candidate) => LendingDomain.Shared.Answers.Select(answer => answer.Value).ToList().IndexOf(candidate.Answer.Iri);
}
