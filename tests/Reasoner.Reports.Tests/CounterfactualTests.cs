using System.Collections.Immutable;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;

namespace Reasoner.Reports.Tests;

/// <summary>The section on other answers; its look is in the approved files of the case counteroffer.</summary>
public class CounterfactualTests
{
    private static readonly DecisionRecord Record = Cases.Record("counteroffer");

    [Fact]
    public void A_record_that_nobody_asked_more_of_has_no_such_section()
    {
        foreach (var format in ReportFormat.ForPeople)
        {
            Assert.Contains("What would have led to another answer", Cases.Write(Record, format), StringComparison.Ordinal);
            Assert.DoesNotContain("another answer", Cases.Write(Record with { Counterfactuals = null }, format), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData(CounterfactualStatus.None, true, "no change that the domain allows leads there")]
    [InlineData(CounterfactualStatus.None, false, "there may be one")]
    [InlineData(CounterfactualStatus.Already, true, "gives this answer already")]
    public void A_search_without_result_says_what_it_is_worth(CounterfactualStatus status, bool isComplete, string words)
    {
        var record = Record with { Counterfactuals = Record.Counterfactuals! with { Status = status, Complete = isComplete, Alternatives = [] } };
        foreach (var format in ReportFormat.ForPeople)
        {
            var report = Cases.Write(record, format);
            Assert.Contains(words, report, StringComparison.Ordinal);
            Assert.DoesNotContain("Each of these was decided", report, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_record_says_is_text_whatever_it_says()
    {
        var alternative = Record.Counterfactuals!.Alternatives[0];
        var hostile = alternative with
        {
            Text = "<script>alert(1)</script> [x](javascript:y)",
            Changes = [alternative.Changes[0] with { Label = "<img src=x onerror=y>", FromLabel = null, ToLabel = "a | b", Path = "\"><script>" }],
        };
        var record = Record with { Counterfactuals = Record.Counterfactuals with { Alternatives = ImmutableArray.Create(hostile) } };

        var html = Cases.Write(record, ReportFormat.Html);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("not stated", html, StringComparison.Ordinal);
        var markdown = Cases.Write(record, ReportFormat.Markdown);
        Assert.DoesNotContain("<script>", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](javascript", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("| a | b |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_of_a_decision_on_a_changed_case_names_the_changes()
    {
        foreach (var format in ReportFormat.ForPeople)
            Assert.Contains("creditAmount: ", Cases.Write(Record.Counterfactuals!.Alternatives[0].Decision, format), StringComparison.Ordinal);
    }
}
