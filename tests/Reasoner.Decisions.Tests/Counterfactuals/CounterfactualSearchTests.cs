using System.Text.Json;
using System.Text.Json.Nodes;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Rdf;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public class CounterfactualSearchTests
{
    private static readonly CounterfactualSearch Search = new(LendingDomain.Pipeline);
    private static readonly Iri Approve = AnswerName.Find(LendingDomain.Shared, "Approve");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 120)];

    private static DecisionRecord Sample => LendingDomain.Pipeline.Decide(LendingDomain.SampleCase);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Alternatives_of_a_random_domain_cost_what_looking_at_everything_finds(int seed)
    {
        using var door = new RandomDoor(seed);
        using var domain = door.Load();
        var pipeline = new DecisionPipeline(domain);
        var effort = (Effort)(seed % 3);
        foreach (var name in (string[])["Enter", "Leave"])
        {
            var want = AnswerName.Find(domain, name);
            if (Answer(pipeline, RandomDoor.Case(door.Values), effort) is not { } answer || answer == want.Value) continue;
            var decision = pipeline.Decide(RandomDoor.Case(door.Values), new DecisionOptions { Effort = effort });
            var found = new CounterfactualSearch(pipeline).Explain(decision, want, new CounterfactualOptions { Max = 20 }).Counterfactuals!;

            var expected = new List<(string Changed, int Cost)>();
            foreach (var (values, changed, cost) in door.Everything().OrderBy(point => point.Cost).ThenBy(point => point.Changed.Length))
            {
                if (expected.Exists(earlier => earlier.Changed.All(changed.Contains))) continue;
                if (Answer(pipeline, RandomDoor.Case(values), effort) == want.Value) expected.Add((changed, cost));
            }

            Assert.True(found.Complete);
            Assert.Equal(expected.Select(each => (decimal)each.Cost), found.Alternatives.Select(each => each.Cost));
            Assert.Equal(expected.Select(each => each.Changed.Length).Order(), found.Alternatives.Select(each => each.Changes.Length).Order());
            Assert.All(found.Alternatives, alternative => Assert.Equal(want.Value, alternative.Decision.Answer!.Iri));
            Assert.Empty(new DecisionVerifier(domain).Verify(decision with { Counterfactuals = found }));
        }
    }

    [Theory]
    [InlineData(Effort.Low)]
    [InlineData(Effort.Medium)]
    [InlineData(Effort.High)]
    public void A_case_that_is_tried_gets_the_answer_that_it_gets_when_it_is_decided(Effort effort)
    {
        foreach (var input in LabelledCases.Read(LendingDomain.Shared, Lending.Sample).Take(100))
        {
            var changed = new ChangedCase(LendingDomain.Pipeline, input, effort, CancellationToken.None);
            var (row, scores) = changed.Score([default])[0];
            var (answer, _) = changed.Try(default, row, scores);
            var decided = LendingDomain.Pipeline.Decide(input, new DecisionOptions { Effort = effort, Explanation = Explanation.None }).Answer?.Iri;
            Assert.Equal(decided, answer < 0 ? null : LendingDomain.Shared.Answers[answer].Value);
        }
    }

    [Fact]
    public void No_cheaper_change_of_real_cases_leads_to_an_approval()
    {
        var compared = 0;
        foreach (var input in LabelledCases.Read(LendingDomain.Shared, Lending.Sample).Take(60))
        {
            var decision = LendingDomain.Pipeline.Decide(input);
            if (decision.Answer?.Iri == Approve.Value) continue;
            if (Search.Explain(decision, Approve, new CounterfactualOptions { Max = 1 }).Counterfactuals is not { Complete: true, Alternatives: [var cheapest] }) continue;
            var changed = new ChangedCase(LendingDomain.Pipeline, input, Effort.Medium, CancellationToken.None);
            var lattice = new ChangeLattice(changed.Costs, ChangePoint.Most);
            while (lattice.TryNext(_ => false, out var point) && lattice.CostOf(point) < cheapest.Cost)
            {
                compared++;
                var changes = changed.Describe(point).Select(change => new CaseChange(change.Path, change.From, change.To));
                Assert.NotEqual(Approve.Value, Answer(LendingDomain.Pipeline, input.With([.. changes])));
            }
        }

        Assert.True(compared > 300, $"{compared} points only.");
    }

    [Fact]
    public void The_sample_case_gets_counter_offers_cheapest_first_each_decided()
    {
        var record = Search.Explain(Sample, Approve);
        var found = record.Counterfactuals!;

        Assert.Equal(CounterfactualStatus.Found, found.Status);
        Assert.True(found.Complete);
        Assert.True(found.Tried < found.Points);
        Assert.Equal("Approve for 6,000 DM and over 39 months", found.Alternatives[0].Text);
        Assert.Equal(["Approve for 5,700 DM"], found.Alternatives.Skip(1).Select(alternative => alternative.Text));
        Assert.Equal(found.Alternatives.Select(alternative => alternative.Cost).Order(), found.Alternatives.Select(alternative => alternative.Cost));
        Assert.Equal(new ChangeRecord("lend:creditAmount", "credit amount (DM)", "\"7200\"^^<http://www.w3.org/2001/XMLSchema#integer>", "7,200", "\"6000\"^^<http://www.w3.org/2001/XMLSchema#integer>", "6,000", 12), found.Alternatives[0].Changes[0]);
        Assert.All(found.Alternatives, alternative => Assert.Equal(Approve.Value, alternative.Decision.Answer!.Iri));
        Assert.Equal([record.Id + ".1", record.Id + ".2"], found.Alternatives.Select(alternative => alternative.Decision.Id));
    }

    [Fact]
    public void A_changed_case_decided_by_the_changes_is_decided_like_the_case_that_says_so()
    {
        var alternative = Search.Explain(Sample, Approve).Counterfactuals!.Alternatives[0];
        var node = JsonNode.Parse(LendingDomain.SampleCase.Body.Span)!;
        node["amount"] = 6000;
        node["durationMonths"] = 39;
        var said = LendingDomain.Pipeline.Decide(CaseInput.OfJson(JsonSerializer.SerializeToUtf8Bytes(node), "sample-case.json"));

        Assert.Equal(said.Answer, alternative.Decision.Answer);
        Assert.Equal(said.Confidence, alternative.Decision.Confidence);
        Assert.Equal(said.Candidates.Select(candidate => (candidate.Score, candidate.Verdict)), alternative.Decision.Candidates.Select(candidate => (candidate.Score, candidate.Verdict)));
        Assert.Contains(alternative.Decision.Proofs.Values, step => step.Source is { Kind: "pipeline", Name: "change of the case" });
    }

    [Fact]
    public void Two_searches_give_the_same_bytes_but_for_ids_and_timings()
    {
        static string Run()
        {
            var node = JsonNode.Parse(JsonSerializer.Serialize(Search.Explain(Sample, Approve), DecisionJson.OneLine.DecisionRecord))!;
            foreach (var decision in node["counterfactuals"]!["alternatives"]!.AsArray().Select(alternative => alternative!["decision"]!).Append(node))
                Assert.True(decision.AsObject().Remove("id") && decision.AsObject().Remove("timings"));
            return node.ToJsonString();
        }

        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void A_record_that_nobody_asked_more_of_says_nothing_of_it() =>
        Assert.DoesNotContain("counterfactuals", JsonSerializer.Serialize(Sample, DecisionJson.OneLine.DecisionRecord), StringComparison.Ordinal);

    [Fact]
    public void An_answer_that_is_given_already_needs_no_change()
    {
        var found = Search.Explain(Sample, AnswerName.Find(LendingDomain.Shared, "Decline")).Counterfactuals!;
        Assert.Equal((CounterfactualStatus.Already, true, 0, 0), (found.Status, found.Complete, found.Points, found.Tried));
        Assert.Empty(found.Alternatives);
    }

    [Fact]
    public void A_search_that_a_limit_cuts_says_so()
    {
        foreach (var options in (CounterfactualOptions[])[new() { MaxTried = 3 }, new() { MaxPoints = 3 }, new() { MaxDuration = TimeSpan.Zero }])
        {
            var found = Search.Explain(Sample, Approve, options).Counterfactuals!;
            Assert.Equal((CounterfactualStatus.None, false), (found.Status, found.Complete));
            Assert.True(found.Tried <= 3 && found.Points <= 3);
        }
    }

    [Fact]
    public void Alternatives_are_as_many_and_as_wide_as_was_asked_for()
    {
        Assert.Single(Search.Explain(Sample, Approve, new CounterfactualOptions { Max = 1 }).Counterfactuals!.Alternatives);
        var single = Assert.Single(Search.Explain(Sample, Approve, new CounterfactualOptions { MaxChanges = 1 }).Counterfactuals!.Alternatives);
        Assert.Equal("Approve for 5,700 DM", single.Text);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterfactualOptions { Max = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterfactualOptions { MaxChanges = 4 });
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var sample = Sample;
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Search.Explain(sample, Approve, null, source.Token));
    }

    [Fact]
    public void A_domain_that_lists_no_changes_says_where_to_list_them()
    {
        using var files = new SmallDomain();
        using var domain = files.Load();
        var pipeline = new DecisionPipeline(domain);
        var record = pipeline.Decide(CaseInput.OfJson("""{ "@type": "Visit", "fee": 3 }"""u8.ToArray()));
        var problem = Assert.Throws<NothingMayChangeException>(() => new CounterfactualSearch(pipeline).Explain(record, domain.Answers[1]));
        Assert.Contains("\"counterfactuals\"", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_case_does_not_say_may_be_added_where_no_value_to_start_from_is_named()
    {
        using var files = new SmallDomain();
        files.Write("ontologies/club/domain.json", SmallDomain.ManifestWith("""
            "counterfactuals": { "changes": [ { "path": "c:vouched", "to": [ { "value": "true", "cost": 2 } ] }, { "path": "c:fee", "direction": "up", "step": 1, "cost": 1 } ] }
            """));
        files.AddOntology("c:vouched a owl:DatatypeProperty ; rdfs:label \"vouched for\" .");
        files.AddRules("RULE c:vouching { ?visit c:paid true } WHERE { ?visit c:vouched true }");
        using var domain = files.Load();
        var pipeline = new DecisionPipeline(domain);
        var record = new CounterfactualSearch(pipeline).Explain(pipeline.Decide(CaseInput.OfJson("""{ "@type": "Visit" }"""u8.ToArray())), domain.Answers[0]);

        var alternative = Assert.Single(record.Counterfactuals!.Alternatives);
        Assert.Equal("enter with vouched for yes", alternative.Text);
        Assert.Null(alternative.Changes[0].From);
        Assert.Empty(new DecisionVerifier(domain).Verify(record));
    }

    [Theory]
    [InlineData("lend:Approve")]
    [InlineData("urn:reasoner:lending#Approve")]
    [InlineData("<urn:reasoner:lending#Approve>")]
    [InlineData("Approve")]
    [InlineData("approve")]
    public void An_answer_is_found_by_any_of_its_names(string name) => Assert.Equal(Approve, AnswerName.Find(LendingDomain.Shared, name));

    [Fact]
    public void An_unknown_answer_is_refused_with_the_nearest_and_the_list()
    {
        var problem = Assert.Throws<UnknownAnswerException>(() => AnswerName.Find(LendingDomain.Shared, "Aprove"));
        Assert.Contains("did you mean Approve?", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["lend:Approve", "lend:Decline", "lend:Refer"], problem.Known.AsEnumerable());
    }

    private static string? Answer(DecisionPipeline pipeline, CaseInput input, Effort effort = Effort.Medium)
    {
        try
        {
            return pipeline.Decide(input, new DecisionOptions { Explanation = Explanation.None, Effort = effort }).Answer?.Iri ?? "none";
        }
        catch (CaseRefusedException)
        {
            return null;
        }
    }
}
