using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Reasoner.Cli.Tests;

public sealed class ProveTests : TemporaryFolder
{
    private const string Total =
        "PREFIX : <http://example.org/>\nRULE :total { ?g :total ?t } WHERE { { SELECT ?g (SUM(?x) AS ?t) WHERE { ?g :costs ?x } GROUP BY ?g HAVING (COUNT(*) > 0) } }\n";

    [Fact]
    public void Shows_the_proof_as_a_tree_with_rules_and_sources()
    {
        var (rules, data) = Family();

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":a :ancestor :c");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            $"""
            p1  :a :ancestor :c  by rule :ancestors-chain ({rules}:3:1) with ?x = :a, ?y = :b, ?z = :c
            ├─ p3  :a :ancestor :b  by rule :parent-is-ancestor ({rules}:2:1) with ?x = :a, ?y = :b
            │  └─ p4  :a :parent :b  [{data}:2]
            └─ p2  :b :parent :c  [{data}:3]

            """,
            run.Output);
    }

    [Fact]
    public void A_proof_that_was_written_is_accepted()
    {
        var file = ProofOf("<http://example.org/a> <http://example.org/ancestor> <http://example.org/d>");

        var run = CommandRun.Of("verify", file);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.StartsWith("accepted: <http://example.org/a> <http://example.org/ancestor> <http://example.org/d>", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(CommandRun.Of("verify", file, "--format", "json").Output);
        Assert.True(json.RootElement.GetProperty("accepted").GetBoolean());
    }

    public static TheoryData<string, string, string> Mutations => new()
    {
        { "another binding", "?.bindings.y", "\"<http://example.org/c>\"" },
        { "a binding too many", "?.bindings.w", "\"<http://example.org/c>\"" },
        { "another rule", "?.rule", "\"http://example.org/ancestors-chain\"" },
        { "an unknown rule", "?.rule", "\"http://example.org/none\"" },
        { "another fact", "?.fact", "\"<http://example.org/a> <http://example.org/ancestor> <http://example.org/z>\"" },
        { "a premise less", "?.premises", "[]" },
        { "a premise that is no step", "?.premises", "[\"p99\"]" },
        { "a premise that is the step itself", "?.premises", "[\"?\"]" },
        { "another premise", "?.premises", "[\"p1\"]" },
        { "a premise that proves something else", "?.premises", "[\"leaf\"]" },
    };

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_mutated_proof_is_refused(string what, string place, string value)
    {
        var file = ProofOf(":a :ancestor :c");
        var proof = JsonNode.Parse(File.ReadAllText(file))!;
        var steps = proof["proofs"]!.AsObject();
        var name = steps.Single(step => (string?)step.Value!["rule"] == "http://example.org/parent-is-ancestor").Key;
        var leaf = steps.Single(step => ((string)step.Value!["fact"]!).StartsWith("<http://example.org/b>", StringComparison.Ordinal)).Key;
        var path = place.Split('.')[1..];
        var target = path.Length == 1 ? steps[name]! : steps[name]![path[0]]!;
        target[path[^1]] = JsonNode.Parse(value.Replace("?", name, StringComparison.Ordinal).Replace("leaf", leaf, StringComparison.Ordinal));
        File.WriteAllText(file, proof.ToJsonString());

        var run = CommandRun.Of("verify", file);

        Assert.True(run.Status == 1, $"{what}: {run.Output}{run.Error}");
        Assert.StartsWith("refused: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaf_from_elsewhere_is_refused()
    {
        var file = ProofOf(":a :ancestor :c");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"place\": 3", "\"place\": 2", StringComparison.Ordinal));

        Assert.Equal(1, CommandRun.Of("verify", file).Status);
    }

    [Fact]
    public void A_proof_over_files_that_changed_is_refused()
    {
        var file = ProofOf(":a :ancestor :c");
        File.AppendAllText(PathOf("d.ttl"), "# changed\n");

        var run = CommandRun.Of("verify", file);

        Assert.Equal(1, run.Status);
        Assert.Contains("d.ttl is not what it was", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_proof_is_refused_with_its_position()
    {
        var file = Write("p.json", "{\n  \"fact\": 3\n}");

        var run = CommandRun.Of("verify", file);

        Assert.Equal(1, run.Status);
        Assert.StartsWith($"{file}:2:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_of_an_aggregate_shows_its_facts_and_is_accepted_only_with_all_of_them()
    {
        var rules = Write("r.srl", Total);
        var data = Write("d.ttl", "@prefix : <http://example.org/> .\n:car :costs 3 .\n:car :costs 4 .\n");
        string[] command = ["prove", "--rules", rules, "--data", data, "--fact", ":car :total 7"];

        Assert.Equal(
            $"""
            p1  :car :total 7  by rule :total ({rules}:2:1) with ?g = :car, ?t = 7
            ├─ p3  :car :costs 3  [{data}:2]
            └─ p2  :car :costs 4  [{data}:3]

            """,
            CommandRun.Of(command).Output);
        Assert.Equal(0, CommandRun.Of([.. command, "--format", "json", "--out", PathOf("p.json")]).Status);
        Assert.Equal(0, CommandRun.Of("verify", PathOf("p.json")).Status);
    }

    [Fact]
    public void An_aggregate_that_gives_another_value_is_said_to()
    {
        var rules = Write("r.srl", Total);
        var data = Write("d.ttl", "@prefix : <http://example.org/> .\n:car :costs 3 .\n:car :costs 4 .\n");

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":car :total 8");

        Assert.Equal(1, run.Status);
        Assert.Contains($"its SELECT has a group with ?g = :car, ?t = 7, COUNT(*) = 2, which does not fit: ?g = :car, ?t = 8 ({rules}:2:40).", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "its SELECT gives no group that fits: ?g = :bike, ?t = 8 (",
            CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":bike :total 8").Output,
            StringComparison.Ordinal);

        var json = JsonDocument.Parse(CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":car :total 8", "--format", "json").Output);
        var obstacle = json.RootElement.GetProperty("rules")[0].GetProperty("obstacles")[0];
        Assert.Equal("otherGroup", obstacle.GetProperty("kind").GetString());
        Assert.Equal("\"2\"^^<http://www.w3.org/2001/XMLSchema#integer>", obstacle.GetProperty("group").GetProperty("COUNT(*)").GetString());
        Assert.Equal("\"8\"^^<http://www.w3.org/2001/XMLSchema#integer>", obstacle.GetProperty("values").GetProperty("t").GetString());
    }

    [Fact]
    public void Proofs_stand_on_imports_data_blocks_and_axioms_as_well()
    {
        Write("more.srl", "PREFIX : <http://example.org/> DATA { :x a :Dog } RULE { ?x :is :animal } WHERE { ?x a :Animal }");
        var rules = Write("r.srl", "IMPORTS <more.srl>");
        var ontology = Write("o.ttl", "@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :Dog rdfs:subClassOf :Animal .");
        var data = Write("d.ttl", FamilyData);
        var run = CommandRun.Of(
            "prove", "--rules", rules, "--data", data, "--ontology", ontology, "--fact", ":x :is :animal", "--format", "json", "--out", PathOf("p.json"));
        Assert.Equal((0, ""), (run.Status, run.Error));

        Assert.Equal(0, CommandRun.Of("verify", PathOf("p.json")).Status);
        File.AppendAllText(PathOf("more.srl"), "\n# changed");
        Assert.Equal(1, CommandRun.Of("verify", PathOf("p.json")).Status);
    }

    [Fact]
    public void Says_why_a_fact_does_not_hold()
    {
        var (rules, data) = Family();

        Assert.Equal(
            $"""
            :d :ancestor :a does not hold.
            - rule :parent-is-ancestor ({rules}:2:1) could give it, but nothing matches :d :parent :a ({rules}:2:57).
              With ?x = :d, ?y = :a.
              It would follow if this were stated: :d :parent :a
            - rule :ancestors-chain ({rules}:3:1) could give it, but nothing matches :d :ancestor ?y ({rules}:3:54).
              and nothing matches ?y :parent :a ({rules}:3:72).
              With ?x = :d, ?z = :a.
              It would follow if this were stated: :d :ancestor ?y . ?y :parent :a

            """,
            string.Concat(WhyNot(":d :ancestor :a").Output.Split('\n').Where(line => !line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line + "\n")).TrimEnd('\n') + "\n");
        Assert.Contains(
            $"    - rule :parent-is-ancestor ({rules}:2:1) could give that, but nothing matches :d :parent ?y ({rules}:2:57).",
            WhyNot(":d :ancestor :a").Output,
            StringComparison.Ordinal);
        Assert.Contains($"FILTER(?age >= 18) is false: ?age = 7 ({rules}:4:50).", WhyNot(":c a :Adult").Output, StringComparison.Ordinal);
        Assert.Contains($"its NOT finds :d a :Ward ({data}:7) ({rules}:4:69).", WhyNot(":d a :Adult").Output, StringComparison.Ordinal);
        Assert.Contains("No fact mentions :ancstor; did you mean :ancestor?", WhyNot(":d :ancstor :a").Output, StringComparison.Ordinal);
        Assert.Contains("no rule has a head that could give it", WhyNot(":d :knows :a").Output, StringComparison.Ordinal);

        CommandRun WhyNot(string fact)
        {
            var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", fact);
            Assert.Equal((1, ""), (run.Status, run.Error));
            return run;
        }
    }

    [Fact]
    public void Why_not_as_json_parses()
    {
        var (rules, data) = Family();

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":d :ancestor :a", "--format", "json");

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, run.Status);
        Assert.False(json.RootElement.GetProperty("holds").GetBoolean());
        Assert.Equal(2, json.RootElement.GetProperty("rules").GetArrayLength());
        var nearest = json.RootElement.GetProperty("rules")[0];
        Assert.StartsWith("nothing matches :d :parent :a", nearest.GetProperty("obstacle").GetString(), StringComparison.Ordinal);
        Assert.Equal("<http://example.org/d> <http://example.org/parent> <http://example.org/a>", nearest.GetProperty("missingFacts")[0].GetString());
        Assert.Equal(("follows", "nothingMatches"), (nearest.GetProperty("effect").GetString(), nearest.GetProperty("obstacles")[0].GetProperty("kind").GetString()));
    }

    [Fact]
    public void Draws_a_proof_as_one_document_with_its_text()
    {
        var (rules, data) = Family();

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":a :ancestor :c", "--format", "svg", "--out", PathOf("p.svg"));

        Assert.Equal((0, ""), (run.Status, run.Error));
        var svg = XDocument.Load(PathOf("p.svg")).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Equal("Proof of: a ancestor c", svg.Element(svg.Name.Namespace + "title")!.Value);
        var text = svg.Element(svg.Name.Namespace + "desc")!.Value;
        Assert.Contains("p1: a ancestor c, by :ancestors-chain, from p3 and p2.", text, StringComparison.Ordinal);
        Assert.Equal(4, svg.Elements(svg.Name.Namespace + "g").Count());
        Assert.DoesNotContain("http", File.ReadAllText(PathOf("p.svg")).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).Replace("http://example.org/", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_hold_has_no_drawing_but_a_reason()
    {
        var (rules, data) = Family();

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":d :ancestor :a", "--format", "svg", "--out", PathOf("p.svg"));

        Assert.Equal((1, ""), (run.Status, run.Output));
        Assert.Contains("there is no proof to draw", run.Error, StringComparison.Ordinal);
        Assert.Contains("nothing matches :d :parent :a", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("p.svg")));
    }

    [Fact]
    public void A_proof_of_a_hundred_thousand_steps_is_written_read_drawn_and_checked()
    {
        const int length = 100_000;
        var rules = Write("r.srl", "PREFIX : <http://example.org/> RULE :starts { ?x :reached 1 } WHERE { ?x :start 1 } RULE :goes { ?y :reached 1 } WHERE { ?x :reached 1 ; :next ?y }");
        var data = Write("d.ttl", "@prefix : <http://example.org/> . :n0 :start 1 .\n" + string.Concat(Enumerable.Range(0, length).Select(i => $":n{i} :next :n{i + 1} .\n")));
        CommandRun Run(string format, string file) =>
            CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", $":n{length} :reached 1", "--format", format, "--out", PathOf(file));

        Assert.Equal((0, ""), (Run("json", "p.json").Status, Run("text", "p.txt").Error));
        Assert.Equal(0, Run("svg", "p.svg").Status);
        var verified = CommandRun.Of("verify", PathOf("p.json"));

        Assert.Equal((0, ""), (verified.Status, verified.Error));
        Assert.StartsWith("accepted: ", verified.Output, StringComparison.Ordinal);
        Assert.Equal(length + 1, File.ReadLines(PathOf("p.txt")).Count(line => line.EndsWith(']')));
        Assert.InRange(new FileInfo(PathOf("p.svg")).Length, 1, 1_000_000);
    }

    [Theory]
    [InlineData("bindings.y", "\"<http://example.org/b> . # <http://example.org/c>\"")]
    [InlineData("fact", "\"<http://example.org/a>  <http://example.org/ancestor> <http://example.org/b>\"")]
    [InlineData("label", "\"A rule that everybody trusts\"")]
    public void What_would_show_a_person_something_else_than_is_checked_is_refused(string place, string value)
    {
        var file = ProofOf(":a :ancestor :c");
        var proof = JsonNode.Parse(File.ReadAllText(file))!;
        JsonNode target = proof["proofs"]!.AsObject().Single(step => (string?)step.Value!["rule"] == "http://example.org/parent-is-ancestor").Value!;
        var path = place.Split('.');
        if (path.Length == 2) target = target[path[0]]!;
        target[path[^1]] = JsonNode.Parse(value);
        File.WriteAllText(file, proof.ToJsonString());

        var run = CommandRun.Of("verify", file);

        Assert.Equal(1, run.Status);
        Assert.StartsWith("refused: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_that_does_not_name_an_import_is_refused()
    {
        Write("more.srl", "PREFIX : <http://example.org/> RULE :r { ?x :ancestor ?y } WHERE { ?x :parent ?y }");
        var rules = Write("r.srl", "IMPORTS <more.srl>");
        var data = Write("d.ttl", FamilyData);
        Assert.Equal(0, CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":a :ancestor :b", "--format", "json", "--out", PathOf("p.json")).Status);
        Assert.Equal(0, CommandRun.Of("verify", PathOf("p.json")).Status);
        var proof = JsonNode.Parse(Read("p.json"))!;
        proof["inputs"]!["imports"] = new JsonArray();
        Write("p.json", proof.ToJsonString());

        Assert.Equal(1, CommandRun.Of("verify", PathOf("p.json")).Status);
    }

    [Theory]
    [InlineData(":a :ancestor")]
    [InlineData(":a :ancestor :b . :b :ancestor :c")]
    [InlineData("none:a :ancestor :b")]
    public void A_fact_that_is_no_triple_is_wrong_usage(string fact)
    {
        var (rules, data) = Family();

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", fact);

        Assert.Equal(2, run.Status);
        Assert.StartsWith("error: --fact", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proof_deeper_than_the_page_goes_on_below()
    {
        var rules = Write("r.srl", FamilyRules);
        var data = Write("d.ttl", "@prefix : <http://example.org/> .\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $":n{i} :parent :n{i + 1} .\n")));

        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", ":n0 :ancestor :n3000");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.True(run.Output.Split('\n').Max(line => line.Length) < 500);
        Assert.Equal(3000, run.Output.Split('\n').Count(line => line.Contains(" :parent ", StringComparison.Ordinal) && line.EndsWith(']')));
    }

    private (string Rules, string Data) Family() => (Write("r.srl", FamilyRules), Write("d.ttl", FamilyData));

    private string ProofOf(string fact)
    {
        var (rules, data) = Family();
        var run = CommandRun.Of("prove", "--rules", rules, "--data", data, "--fact", fact, "--format", "json", "--out", PathOf("p.json"));
        Assert.Equal((0, "", ""), (run.Status, run.Output, run.Error));
        return PathOf("p.json");
    }
}
