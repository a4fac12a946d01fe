using System.Text.Json;
using System.Text.Json.Nodes;
using Reasoner.Decisions.Counterfactuals;

namespace Reasoner.Decisions.Tests;

/// <summary>The shipped rostering domain: many questions decided together, by real solver processes.</summary>
public sealed class RosteringTests
{
    private static readonly Lazy<Domain> Rostering = new(() => Domain.Load(new DomainCatalogue(startFolder: AppContext.BaseDirectory).ManifestOf("rostering")));
    private static readonly Lazy<DecisionRecord> Sample = new(() => Decide("sample-case.json", "Anna Berg, Mon 1"));
    private static readonly Lazy<DecisionRecord> Infeasible = new(() => Decide("infeasible-case.json"));

    private static readonly (string What, Func<DecisionRecord, DecisionRecord> Change, string Problem)[] Changes =
    [
        ("another answer for a slot", record => record with { Answers = record.Answers!.Value.SetItem(0, record.Answers.Value[0] with { Answers = [] }) }, "not the chosen candidates"),
        ("a candidate that breaks limits", Choose, "break a limit"),
        ("a greater worth", Joint(joint => joint with { Objective = joint.Objective! with { Value = joint.Objective.Value + 1 } }), "are worth"),
        ("a bound below the worth", Joint(joint => joint with { Objective = joint.Objective! with { Bound = joint.Objective.Value - 1 } }), "bound does not fit"),
        ("a limit less", Joint(joint => joint with { Limits = joint.Limits.SetItem("exclusion", 1) }), "not as many"),
        ("a candidate left out", record => record with { Candidates = record.Candidates.RemoveAt(5) }, "not exactly those that follow"),
        ("a violation left out", record => Candidate(record, each => each.Verdict == Verdict.Rejected, each => each with { Violations = [], Verdict = Verdict.Accepted }), "not exactly what follows"),
        ("another score", record => Candidate(record, _ => true, each => each with { Score = 0.999 }), "the score"),
        ("a soft weight left out", record => Candidate(record, each => each.Preferences is { IsEmpty: false }, each => each with { Preferences = [] }), "soft weights"),
        ("another worth of a wish", record => Candidate(record, each => each.Preferences is { IsEmpty: false }, each => each with { Preferences = [each.Preferences!.Value[0] with { Weight = 99 }, .. each.Preferences.Value.Skip(1)] }), "soft weights"),
        ("a proof less", record => record with { Proofs = record.Proofs.Remove("p1") }, ""),
        ("an infeasible status", record => record with { Status = DecisionStatus.Infeasible }, "status does not fit"),
        ("an effort that does not exist", record => record with { Thinking = record.Thinking with { Effort = "huge" } }, "no effort"),
        ("a single answer", record => record with { Answer = new AnswerReference("urn:x", "x") }, "only slot"),
        ("other words of an alternative", Joint(joint => joint with { Explained = [joint.Explained[0] with { Alternatives = [joint.Explained[0].Alternatives[0] with { Text = "because we say so" }] }] }), "does not fit its verdict"),
        ("ways to another answer that nobody may look for", record => record with { Counterfactuals = new() { Want = new("urn:x", "x"), Status = CounterfactualStatus.None, Complete = true, Points = 0, Tried = 0, Alternatives = [] } }, "none of the domain's"),
        ("no word on slots", record => record with { Joint = null }, "says nothing of several slots"),
    ];

    public static TheoryData<string> Changed => [.. Changes.Select(change => change.What)];

    [Fact]
    public void The_sample_ward_gets_a_roster_that_verifies()
    {
        var record = Sample.Value;
        Assert.Equal(DecisionStatus.Decided, record.Status);
        Assert.Equal(168, record.Answers!.Value.Length);
        Assert.All(record.Answers.Value, answer => Assert.Single(answer.Answers));
        Assert.Equal(168, record.Candidates.Count(candidate => candidate.Chosen == true));
        Assert.Empty(new DecisionVerifier(Rostering.Value).Verify(record));
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(record, DecisionJson.Indented.DecisionRecord), DecisionJson.Indented.DecisionRecord)!;
        Assert.Empty(new DecisionVerifier(Rostering.Value).Verify(read));
    }

    [Fact]
    public void The_table_has_nurses_as_rows_and_days_in_their_order()
    {
        var grid = AnswerGrid.Of(Sample.Value.Answers!.Value);
        Assert.Equal(["Mon 1", "Tue 2", "Wed 3"], grid.Columns.Take(3));
        Assert.Equal("Sun 14", grid.Columns[^1]);
        Assert.Equal(12, grid.Rows.Length);
        Assert.All(grid.Rows, row => Assert.All(row.Cells, cell => Assert.Contains(cell, (string[])["Early", "Late", "Night", "Off"])));
    }

    [Fact]
    public void The_same_case_gives_the_same_bytes()
    {
        if (!Sample.Value.Joint!.Objective!.IsOptimal) return;
        Assert.Equal(Text(Sample.Value), Text(Decide("sample-case.json", "Anna Berg, Mon 1")));

        static string Text(DecisionRecord record)
        {
            var node = JsonNode.Parse(JsonSerializer.Serialize(record, DecisionJson.Indented.DecisionRecord))!.AsObject();
            node.Remove("id");
            node.Remove("timings");
            return node.ToJsonString();
        }
    }

    [Fact]
    public void Each_other_answer_of_a_slot_has_a_reason()
    {
        var explained = Assert.Single(Sample.Value.Joint!.Explained);
        Assert.Equal("Anna Berg, Mon 1", explained.Slot.Label);
        Assert.Equal(3, explained.Alternatives.Length);
        Assert.All(explained.Alternatives, other =>
        {
            Assert.NotEqual(AlternativeVerdict.Unknown, other.Verdict);
            Assert.NotEmpty(other.Text);
            if (other.Verdict == AlternativeVerdict.Costlier) Assert.True(other.Cost >= 0 || !other.IsExact);
            else Assert.All(other.Limits, limit => Assert.NotEmpty(limit.Proofs));
        });
    }

    [Fact]
    public void A_ward_that_cannot_be_staffed_gets_a_conflict_with_proofs_and_ways_out()
    {
        var record = Infeasible.Value;
        Assert.Equal(DecisionStatus.Infeasible, record.Status);
        Assert.Null(record.Answers);
        var joint = record.Joint!;
        Assert.True(joint.ConflictIsMinimal);
        Assert.Contains(joint.Conflict, limit => limit.Kind == "demand");
        Assert.All(joint.Conflict, limit => Assert.NotEmpty(limit.Proofs));
        Assert.Contains(joint.Conflict, limit => limit.Source?.Contains("2003/88", StringComparison.Ordinal) == true);
        Assert.NotEmpty(joint.Relaxations);
        Assert.Empty(new DecisionVerifier(Rostering.Value).Verify(record));
    }

    [Fact]
    public void What_a_law_demands_is_never_given_up()
    {
        var changes = Infeasible.Value.Joint!.Relaxations.SelectMany(way => way.Changes).ToList();
        Assert.NotEmpty(changes);
        Assert.DoesNotContain(changes, change => change.Limit.Code is "R01" or "R02" or "R03");
    }

    [Fact]
    public void A_slot_that_is_not_there_is_named_with_the_nearest()
    {
        var refused = Assert.Throws<CaseRefusedException>(() => Decide("sample-case.json", "Anna Berg, Mon 2"));
        Assert.Contains("no slot \"Anna Berg, Mon 2\"", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Changed))]
    public void Refuses(string what)
    {
        var (_, change, problem) = Changes.Single(each => each.What == what);
        Assert.Contains(new DecisionVerifier(Rostering.Value).Verify(change(Sample.Value)), each => each.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_conflict_with_another_limit_is_refused()
    {
        var record = Infeasible.Value;
        var limit = record.Joint!.Conflict[0];
        var changed = record with { Joint = record.Joint with { Conflict = record.Joint.Conflict.SetItem(0, limit with { About = new NamedNode("urn:x", "x") }) } };
        Assert.Contains(new DecisionVerifier(Rostering.Value).Verify(changed), each => each.Contains("none that follows", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_words_of_a_limit_or_a_way_out_are_refused()
    {
        var record = Infeasible.Value;
        var limits = record.Joint!.Conflict.SetItem(0, record.Joint.Conflict[0] with { Text = "nobody wants to" });
        Assert.Contains(Problems(record.Joint with { Conflict = limits }), each => each.Contains("are not those of its rules", StringComparison.Ordinal));
        var way = record.Joint.Relaxations[0];
        var ways = record.Joint.Relaxations.SetItem(0, way with { Changes = way.Changes.SetItem(0, way.Changes[0] with { Text = "nothing at all" }) });
        Assert.Contains(Problems(record.Joint with { Relaxations = ways }), each => each.Contains("not what its words say", StringComparison.Ordinal));

        IReadOnlyList<string> Problems(JointRecord joint) => new DecisionVerifier(Rostering.Value).Verify(record with { Joint = joint });
    }

    [Fact]
    public void A_lending_decision_starts_no_solver()
    {
        LendingDomain.Pipeline.Decide(LendingDomain.SampleCase);
        Assert.False(LendingDomain.Shared.HasSolver);
    }

    private static DecisionRecord Decide(string file, params string[] why)
    {
        var path = Path.Combine(Path.GetDirectoryName(Rostering.Value.SampleCase)!, file);
        return new DecisionPipeline(Rostering.Value).Decide(CaseInput.OfJson(File.ReadAllBytes(path), file), new DecisionOptions { Why = [.. why], Effort = Effort.High });
    }

    private static Func<DecisionRecord, DecisionRecord> Joint(Func<JointRecord, JointRecord> change) => record => record with { Joint = change(record.Joint!) };

    private static DecisionRecord Candidate(DecisionRecord record, Func<CandidateRecord, bool> which, Func<CandidateRecord, CandidateRecord> change)
    {
        var place = record.Candidates.ToList().FindIndex(each => which(each));
        return record with { Candidates = record.Candidates.SetItem(place, change(record.Candidates[place])) };
    }

    /// <summary>Chooses a rejected candidate in place of the one that was chosen for its slot.</summary>
    private static DecisionRecord Choose(DecisionRecord record)
    {
        var rejected = record.Candidates.First(each => each.Verdict == Verdict.Rejected);
        return record with { Candidates = [.. record.Candidates.Select(each => each.Slot != rejected.Slot ? each : each with { Chosen = each.Candidate == rejected.Candidate })] };
    }
}
