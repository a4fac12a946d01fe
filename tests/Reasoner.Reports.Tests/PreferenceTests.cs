using Reasoner.Decisions;

namespace Reasoner.Reports.Tests;

/// <summary>Records of a model with a policy: candidates stand in the order in which they were preferred, not by their scores.</summary>
public class PreferenceTests
{
    /// <summary>Refer is preferred and stands, Decline stands too and is likelier, so it is given; Approve, likelier still, is rejected.</summary>
    private static DecisionRecord Preferred
    {
        get
        {
            var record = Cases.Record("declined");
            var (approve, refer, decline) = (record.Candidates[0], record.Candidates[1], record.Candidates[2]);
            return record with
            {
                Candidates =
                [
                    refer with { Rank = 1, Preference = 0.7, Score = 0.05, Verdict = Verdict.Accepted, Violations = [] },
                    decline with { Rank = 2, Preference = 0.2 },
                    approve with { Rank = 3, Preference = 0.1 },
                ],
            };
        }
    }

    /// <summary>The likeliest answer was left untried, since the one that the model preferred stands.</summary>
    private static DecisionRecord Untried
    {
        get
        {
            var record = Cases.Record("declined");
            var (approve, refer, decline) = (record.Candidates[0], record.Candidates[1], record.Candidates[2]);
            return record with
            {
                Candidates =
                [
                    decline with { Rank = 1, Preference = 0.8 },
                    approve with { Rank = 2, Preference = 0.15, Verdict = Verdict.NotTried, Violations = [], Supports = [] },
                    refer with { Rank = 3, Preference = 0.05, Score = 0.05, Verdict = Verdict.NotTried, Violations = [], Supports = [] },
                ],
                Thinking = new("low", 1, 1, 1),
            };
        }
    }

    [Fact]
    public void The_reasons_are_those_of_the_answer_given_not_of_another_that_stands()
    {
        var explanation = Explanation.Of(Preferred, default);

        Assert.Equal("Decline", explanation.Accepted!.Answer.Label);
        Assert.Equal(["Approve", "Decline"], explanation.PrincipalReasons.Select(reason => reason.Candidate.Answer.Label).Distinct());
        Assert.Equal("It violates no constraint. One candidate answer had a better score and was rejected.", Wording.Detail(explanation));
    }

    [Theory, MemberData(nameof(Formats))]
    public void A_candidate_that_was_not_tried_says_so_and_what_would_try_it(string format)
    {
        ReportFormat.TryFromName(format, out var written);
        var text = Cases.Write(Untried, written!);

        Assert.Equal(2, text.Split("More effort would try it.").Length - 1);
        Assert.Contains("not tried", text, StringComparison.Ordinal);
        Assert.DoesNotContain("best score", text, StringComparison.Ordinal);
        Assert.Contains("It violates no constraint. One candidate answer had a better score and was not tried.", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Formats))]
    public void Preferences_are_shown_where_they_make_the_order_and_only_there(string format)
    {
        ReportFormat.TryFromName(format, out var written);
        Assert.Contains("70.0%", Cases.Write(Preferred, written!), StringComparison.Ordinal);
        Assert.Contains("Preference", Cases.Write(Preferred, written!), StringComparison.Ordinal);
        Assert.DoesNotContain("Preference", Cases.Write(Cases.Record("declined"), written!), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expert_without_a_say_is_named_with_its_weight()
    {
        var record = Cases.Record("declined");
        var text = Cases.Write(record with { Experts = [.. record.Experts, new ExpertShare("thin file", 0)] }, ReportFormat.Html);
        Assert.Matches("thin file</th>.*0\\.0%", text);
    }

    public static TheoryData<string> Formats => ["html", "md"];
}
