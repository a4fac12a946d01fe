using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reasoner.Decisions.Tests;

public class DecisionPipelineTests
{
    [Fact]
    public void Rejects_the_likeliest_answer_where_a_rule_forbids_it()
    {
        var record = LendingDomain.Pipeline.Decide(LendingDomain.SampleCase);

        Assert.Equal("Approve", record.Candidates[0].Answer.Label);
        Assert.Equal(Verdict.Rejected, record.Candidates[0].Verdict);
        Assert.Contains(record.Candidates[0].Violations, violation => violation.Code == "R03");
        Assert.Equal((DecisionStatus.Decided, "Decline"), (record.Status, record.Answer!.Label));
        Assert.Empty(record.Conflict);
    }

    [Fact]
    public void Parallel_decisions_equal_sequential_ones()
    {
        var cases = Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(LendingDomain.Shared.SampleCase)!, "examples"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(file => CaseInput.OfJson(File.ReadAllBytes(file)))
            .ToList();
        Assert.NotEmpty(cases);
        var expected = cases.Select(Decide).ToList();

        var actual = new string[200];
        Parallel.For(0, actual.Length, i => actual[i] = Decide(cases[i % cases.Count]));

        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i % cases.Count], actual[i]);
    }

    [Fact]
    public void More_effort_consults_more_experts()
    {
        ThinkingRecord At(Effort effort) => LendingDomain.Pipeline.Decide(LendingDomain.SampleCase, new DecisionOptions { Effort = effort }).Thinking;

        Assert.Equal((1 << (At(Effort.Low).Rounds - 1), 2, 8), (At(Effort.Low).ExpertsRun, At(Effort.Medium).ExpertsRun, At(Effort.High).ExpertsRun));
    }

    [Fact]
    public void A_case_in_turtle_is_decided_like_the_same_case_in_json()
    {
        const string turtle =
            """
            @prefix lend: <urn:reasoner:lending#> .
            <urn:case:t> a lend:CreditApplication ; lend:creditAmount 2400 ; lend:durationMonths 12 ; lend:purpose lend:A43 ;
              lend:checkingStatus lend:A14 ; lend:savings lend:A61 ; lend:creditHistory lend:A32 ; lend:installmentRatePercent 3 ;
              lend:otherDebtors lend:A101 ; lend:property lend:A121 ; lend:otherInstallmentPlans lend:A143 ; lend:existingCredits 1 ;
              lend:applicant <urn:case:t:a> .
            <urn:case:t:a> a lend:Applicant ; lend:employmentSince lend:A74 ; lend:housing lend:A152 ; lend:job lend:A173 .
            """;
        const string json =
            """
            { "@id": "urn:case:t", "@type": "CreditApplication", "amount": 2400, "durationMonths": 12, "purpose": "A43",
              "checkingStatus": "A14", "savings": "A61", "creditHistory": "A32", "installmentRatePercent": 3,
              "otherDebtors": "A101", "property": "A121", "otherInstallmentPlans": "A143", "existingCredits": 1,
              "applicant": { "@id": "urn:case:t:a", "@type": "Applicant", "employmentSince": "A74", "housing": "A152", "job": "A173" } }
            """;

        var fromTurtle = LendingDomain.Pipeline.Decide(CaseInput.OfTurtle(Encoding.UTF8.GetBytes(turtle)));
        var fromJson = LendingDomain.Pipeline.Decide(CaseInput.OfJson(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(fromJson.Answer, fromTurtle.Answer);
        Assert.Equal(fromJson.Candidates.Select(candidate => candidate.Score), fromTurtle.Candidates.Select(candidate => candidate.Score));
        Assert.Empty(new DecisionVerifier(LendingDomain.Shared).Verify(fromTurtle));
    }

    [Fact]
    public void A_case_may_not_state_what_rules_conclude()
    {
        var json = JsonNode.Parse(LendingDomain.SampleCase.Body.Span)!;
        json["unobstructed"] = true;
        var refused = Assert.Throws<CaseRefusedException>(() => LendingDomain.Pipeline.Decide(CaseInput.OfJson(Encoding.UTF8.GetBytes(json.ToJsonString()))));
        Assert.Contains(refused.Problems, problem => problem.Message.Contains("unobstructed is for the rules to conclude", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_decision_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => LendingDomain.Pipeline.Decide(LendingDomain.SampleCase, null, cancelled.Token));
    }

    private static string Decide(CaseInput input)
    {
        var record = JsonSerializer.SerializeToNode(LendingDomain.Pipeline.Decide(input), DecisionJson.OneLine.Options)!.AsObject();
        record.Remove("id");
        record.Remove("timings");
        return record.ToJsonString();
    }
}
