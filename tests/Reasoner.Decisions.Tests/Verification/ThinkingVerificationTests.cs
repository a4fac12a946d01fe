namespace Reasoner.Decisions.Tests;

/// <summary>What a record says of its thinking is thought through again: a record of two rounds, changed in one place each.</summary>
public class ThinkingVerificationTests
{
    private static readonly DecisionVerifier Verifier = new(LendingDomain.Shared);

    /// <summary>Rejected, accepted, not tried; in one of the two orders that the first two can have.</summary>
    private static DecisionRecord Record => EffortTests.TwoRounds;

    private static int Accepted => Record.Candidates.ToList().FindIndex(candidate => candidate.Verdict == Verdict.Accepted);

    private static int Rejected => Record.Candidates.ToList().FindIndex(candidate => candidate.Verdict == Verdict.Rejected);

    private const int Untried = 2;

    [Fact]
    public void The_record_itself_verifies()
    {
        Assert.Equal(("low", 2, 2), (Record.Thinking.Effort, Record.Thinking.Rounds, Record.Thinking.CandidatesTried));
        Assert.Equal(Verdict.NotTried, Record.Candidates[Untried].Verdict);
        Assert.Empty(Verifier.Verify(Record));
    }

    private static readonly (string What, DecisionRecord Record, string Problem)[] Changes =
    [
        ("another preference", With(Accepted, candidate => candidate with { Preference = candidate.Preference + 0.01 }), "preference for"),
        ("another preference of what was not tried", With(Untried, candidate => candidate with { Preference = candidate.Preference + 0.01 }), "preference for"),
        ("no preference", With(Accepted, candidate => candidate with { Preference = null }), "preference for"),
        ("no preferences at all", Record with { Candidates = [.. Record.Candidates.Select(candidate => candidate with { Preference = null })] }, "preference for"),
        ("an untried answer rejected", With(Untried, candidate => candidate with { Verdict = Verdict.Rejected }), "does not fit the effort"),
        ("an untried answer accepted", With(Untried, candidate => candidate with { Verdict = Verdict.Accepted }), "does not fit the effort"),
        ("a rejected answer untried", With(Rejected, Undo), "does not fit the effort"),
        ("the accepted answer untried", With(Accepted, Undo), "does not fit the effort"),
        ("reasons for what was not tried", With(Untried, candidate => candidate with { Violations = Record.Candidates[Rejected].Violations }), "was not tried, and yet has reasons"),
        ("an untried answer given", Record with { Answer = Record.Candidates[Untried].Answer }, "not the best accepted"),
        ("a rejected answer given", Record with { Answer = Record.Candidates[Rejected].Answer }, "not the best accepted"),
        ("another order", Record with { Candidates = [Record.Candidates[1] with { Rank = 1 }, Record.Candidates[0] with { Rank = 2 }, Record.Candidates[2]] }, "not in the order"),
        ("another order with places kept", Record with { Candidates = [Record.Candidates[1], Record.Candidates[0], Record.Candidates[2]] }, "not at its place"),
        ("a candidate of no domain", With(Untried, candidate => candidate with { Answer = new("urn:nobody", "nobody") }), "not the domain's answers"),
        ("a candidate missing", Record with { Candidates = Record.Candidates.RemoveAt(Untried) }, "not the domain's answers"),
        ("no candidates", Record with { Candidates = [] }, "not the domain's answers"),
        ("one round", Record with { Thinking = Record.Thinking with { Rounds = 1 } }, "of its thinking"),
        ("more tried", Record with { Thinking = Record.Thinking with { CandidatesTried = 3 } }, "of its thinking"),
        ("fewer experts run", Record with { Thinking = Record.Thinking with { ExpertsRun = Record.Thinking.ExpertsRun - 1 } }, "of its thinking"),
        ("more effort", Record with { Thinking = Record.Thinking with { Effort = "high" } }, "does not fit"),
        ("effort spelt otherwise", Record with { Thinking = Record.Thinking with { Effort = "Low" } }, "of its thinking"),
        ("an effort by number", Record with { Thinking = Record.Thinking with { Effort = "0" } }, "of its thinking"),
        ("no such effort", Record with { Thinking = Record.Thinking with { Effort = "utmost" } }, "no effort"),
        ("an expert fewer", Record with { Experts = Record.Experts.RemoveAt(Record.Experts.Length - 1) }, "The experts are not"),
        ("an expert more", Record with { Experts = Record.Experts.Add(new("somebody", 0)) }, "The experts are not"),
        ("an expert renamed", Record with { Experts = Record.Experts.SetItem(0, Record.Experts[0] with { Name = "somebody" }) }, "The experts are not"),
        ("another weight", Record with { Experts = Record.Experts.SetItem(0, Record.Experts[0] with { Weight = Record.Experts[0].Weight - 0.01 }) }, "The experts are not"),
    ];

    public static TheoryData<string> Changed => [.. Changes.Select(change => change.What)];

    [Theory]
    [MemberData(nameof(Changed))]
    public void Refuses(string what)
    {
        var (_, record, problem) = Changes.Single(change => change.What == what);
        Assert.Contains(Verifier.Verify(record), each => each.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_number_beyond_the_efforts_is_none()
    {
        // It would be thought through like high effort, and come to the same.
        var record = LendingDomain.Pipeline.Decide(LendingDomain.SampleCase, new DecisionOptions { Effort = Effort.High });
        Assert.Contains(
            Verifier.Verify(record with { Thinking = record.Thinking with { Effort = "99" } }), each => each.Contains("no effort \"99\"", StringComparison.Ordinal));
    }

    private static DecisionRecord With(int place, Func<CandidateRecord, CandidateRecord> change) =>
        Record with { Candidates = Record.Candidates.SetItem(place, change(Record.Candidates[place])) };

    private static CandidateRecord Undo(CandidateRecord candidate) => candidate with { Verdict = Verdict.NotTried, Violations = [], Supports = [] };
}
