using System.Text.Json;
using System.Text.Json.Nodes;
using Reasoner.Experts;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

public sealed class FairnessReportTests : IDisposable
{
    private const string Favourable = """ "favourable": ["c:Enter"] """;

    private readonly LendingCopy _lending = new();

    public void Dispose() => _lending.Dispose();

    [Fact]
    public void A_table_that_is_worked_out_by_hand()
    {
        using var club = LabelledClub.Create(Favourable, "c:age rsn:groupBoundary 30 . c:kind rsn:protected true . c:A rdfs:label \"ay\" .");
        using var domain = club.Load();
        var table = club.Table(
            [
                .. Enumerable.Repeat("2,20,A,in", 20), .. Enumerable.Repeat("0,29,A,in", 5),
                .. Enumerable.Repeat("2,30,A,in", 10), .. Enumerable.Repeat("0,40,A,out", 10), .. Enumerable.Repeat("1,80,A,in", 5),
                .. Enumerable.Repeat("2,,B,out", 3),
            ]);
        var card = PipelineEvaluation.Run(domain, table, resamples: 200).Fairness!;
        Assert.Equal((53, "c:Enter"), (card.Cases, Assert.Single(card.Favourable)));
        var age = card.Attributes.Single(attribute => attribute.Property == "urn:club#age");
        Assert.Equal("c:guest/c:age", age.Path);
        Assert.Equal(["under 30", "30 and over", "not stated"], age.Groups.Select(group => group.Name));
        Assert.Equal([25, 25, 3], age.Groups.Select(group => group.Cases));
        Assert.Equal([25, 15, 0], age.Groups.Select(group => group.FavourableOutcomes));
        Assert.Equal([true, true, false], age.Groups.Select(group => group.IsCounted));
        Assert.Equal([0.8, 0.4, 1], age.Groups.Select(group => group.Together.Favourable!.Value));
        Assert.Equal(0.8, age.Groups[0].Together.TruePositive!.Value);
        Assert.Equal(10 / 15.0, age.Groups[1].Together.TruePositive!.Value, 6);
        Assert.Null(age.Groups[2].Together.TruePositive);
        Assert.Equal([0, 0.2, 0], age.Groups.Select(group => group.Together.Referred!.Value));
        Assert.All(age.Groups, group => Assert.Null(group.Model));
        Assert.Null(age.Model);
        Assert.Equal(("30 and over", "under 30", 0.5, true), (age.Together!.Lowest, age.Together.Highest, age.Together.Ratio, age.Together.IsBelowThreshold));
        Assert.InRange(0.5, age.Together.Interval!.Lower, age.Together.Interval.Upper);

        // Three cases are too few to compare the other fifty with.
        var kind = card.Attributes.Single(attribute => attribute.Property == "urn:club#kind");
        Assert.Equal(("c:kind", "Each value."), (kind.Path, kind.Grouping));
        Assert.Equal(["B", "ay"], kind.Groups.Select(group => group.Name));
        Assert.Equal([false, true], kind.Groups.Select(group => group.IsCounted));
        Assert.Null(kind.Together);
    }

    [Fact]
    public void Numbers_without_boundaries_are_grouped_by_quartiles_and_few_by_value()
    {
        using var club = LabelledClub.Create(Favourable);
        using var domain = club.Load();
        FairnessCard Card(IEnumerable<int> ages) => PipelineEvaluation.Run(domain, club.Table(ages.Select(age => $"2,{age},A,in")), resamples: 0).Fairness!;
        var groups = Assert.Single(Card(Enumerable.Range(1, 100)).Attributes).Groups;
        Assert.Equal(["under 25.75", "25.75 to under 50.5", "50.5 to under 75.25", "75.25 and over"], groups.Select(group => group.Name));
        Assert.Equal([25, 25, 25, 25], groups.Select(group => group.Cases));
        Assert.Equal(["2", "3", "10"], Assert.Single(Card([10, 2, 3, 10])!.Attributes).Groups.Select(group => group.Name));
    }

    [Fact]
    public void Many_values_are_no_more_groups_than_can_be_shown()
    {
        using var club = LabelledClub.Create(Favourable, "c:kind rsn:protected true .");
        using var domain = club.Load();
        var table = club.Table(Enumerable.Range(0, 120).Select(i => $"2,,K{(i < 60 ? 0 : i)},in"));
        var groups = Assert.Single(PipelineEvaluation.Run(domain, table, resamples: 10).Fairness!.Attributes).Groups;
        Assert.Equal(51, groups.Count);
        Assert.Equal(("other values", 11, false), (groups[^1].Name, groups[^1].Cases, groups[^1].IsCounted));
        Assert.Equal(60, groups.Max(group => group.Cases));
    }

    [Fact]
    public void Without_favourable_answers_there_are_referrals_and_no_ratio()
    {
        using var club = LabelledClub.Create();
        using var domain = club.Load();
        var age = Assert.Single(PipelineEvaluation.Run(domain, club.Table([.. Enumerable.Repeat("2,20,A,in", 20), .. Enumerable.Repeat("1,30,A,in", 20)])).Fairness!.Attributes);
        Assert.Null(age.Together);
        Assert.Equal([0, 1], age.Groups.Select(group => group.Together.Referred!.Value));
        Assert.All(age.Groups, group => Assert.Null(group.Together.Favourable ?? group.Together.TruePositive));
    }

    [Theory, InlineData("c:Ask", "decides nothing"), InlineData("c:Stay", "none of the answers")]
    public void Favourable_answers_are_answers_that_decide(string answer, string problem)
    {
        using var club = LabelledClub.Create($$""" "favourable": ["{{answer}}"] """);
        Assert.Contains(problem, Assert.Throws<DomainException>(club.Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_that_protects_nothing_has_no_report()
    {
        using var club = LabelledClub.Create(Favourable);
        club.Write("ontologies/club/ontology.ttl", File.ReadAllText(club.PathOf("ontologies/club/ontology.ttl")).Replace("rsn:protected true", "rdfs:label \"age\"", StringComparison.Ordinal));
        using var domain = club.Load();
        Assert.Null(PipelineEvaluation.Run(domain, club.Table("2,20,A,in")).Fairness);
    }

    [Fact]
    public void Protected_values_are_measured_and_never_change_an_answer_or_a_model()
    {
        var table = _lending.TableOf(120);
        var lines = File.ReadAllLines(table);
        var header = lines[0].Split(',');
        var random = new Random(4);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = lines[i].Split(',');
            fields[Array.IndexOf(header, "personal_status_sex")] = $"A9{random.Next(1, 6)}";
            fields[Array.IndexOf(header, "foreign_worker")] = $"A20{random.Next(1, 3)}";
            fields[Array.IndexOf(header, "age_years")] = random.Next(19, 80).ToString(System.Globalization.CultureInfo.InvariantCulture);
            lines[i] = string.Join(',', fields);
        }

        var others = _lending.Write("others.csv", string.Join('\n', lines) + "\n");
        using (var untrained = _lending.Load(withModel: false))
        {
            byte[] Model(string data, string folder)
            {
                ModelTrainer.Train(untrained, data, _lending.PathOf(folder), "generated");
                return File.ReadAllBytes(_lending.PathOf($"{folder}/{ModelFolder.ModelFile}"));
            }

            Assert.Equal(Model(table, "as-given"), Model(others, "changed"));
        }

        using var domain = _lending.Load();
        var (asGiven, changed) = (PipelineEvaluation.Run(domain, table), PipelineEvaluation.Run(domain, others));
        static string Figures(AnswerFigures figures) => JsonSerializer.Serialize(
            figures with { MedianLatencyUs = null, Percentile99LatencyUs = null, Intervals = figures.Intervals! with { MedianLatencyUs = null, Percentile99LatencyUs = null } },
            DecisionJson.OneLine.Options);
        Assert.Equal(Figures(asGiven.Model!), Figures(changed.Model!));
        Assert.Equal(Figures(asGiven.Rules), Figures(changed.Rules));
        Assert.Equal(Figures(asGiven.Pipeline), Figures(changed.Pipeline));
        Assert.NotEqual(Json(asGiven.Fairness!), Json(changed.Fairness!));
        Assert.Equal(["lend:applicant/lend:ageYears", "lend:applicant/lend:foreignWorker", "lend:applicant/lend:personalStatusSex"], asGiven.Fairness!.Attributes.Select(attribute => attribute.Path));
    }

    [Fact]
    public void Training_measures_out_of_fold_what_evaluation_measures_and_the_card_keeps_it()
    {
        var table = _lending.TableOf(120);
        FairnessCard fairness;
        using (var untrained = _lending.Load(withModel: false))
        {
            var outcome = ModelTrainer.Train(untrained, table, untrained.ModelFolder!, "generated");
            fairness = FairnessReport.Of(untrained, LabelledCases.Read(untrained, table), outcome.Metrics.HeldOut)!;
            Assert.Throws<ArgumentException>(() => FairnessReport.Of(untrained, LabelledCases.Read(untrained, table).Skip(1), outcome.Metrics.HeldOut));
            Assert.Throws<ArgumentException>(() => FairnessReport.Of(untrained, LabelledCases.Read(untrained, table), [.. outcome.Metrics.HeldOut.Skip(1)]));
            ModelFolder.Amend(untrained.ModelFolder!, card => card with { Fairness = fairness });
        }

        using var domain = _lending.Load();
        Assert.Equal(Json(fairness), Json(domain.Proposer!.Card.Fairness!));
        Assert.Equal(Json(fairness), Json(PipelineEvaluation.Run(domain, table).OutOfSample!.Fairness!));
        var sex = fairness.Attributes[2];
        Assert.Equal(120, sex.Groups.Sum(group => group.Cases));
        Assert.All(sex.Groups, group => Assert.Equal(0, group.Model!.Referred!.Value));
        Assert.Throws<ArgumentException>(() => ModelFolder.Amend(domain.ModelFolder!, card => card with { ModelSha256 = "0" }));
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(Path.Combine(domain.ModelFolder!, ModelFolder.CardFile)))!["fairness"]);
    }

    private static string Json(FairnessCard card) => JsonSerializer.Serialize(card, DecisionJson.OneLine.Options);
}
