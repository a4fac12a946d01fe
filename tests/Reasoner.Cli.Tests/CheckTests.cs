using System.Text.Json;

namespace Reasoner.Cli.Tests;

public sealed class CheckTests : TemporaryFolder
{
    [Fact]
    public void Good_rules_give_0()
    {
        var run = CommandRun.Of("check", Write("r.srl", FamilyRules));

        Assert.Equal((0, "3 rules, 0 errors, 0 warnings\n", ""), (run.Status, run.Output, run.Error));
    }

    [Fact]
    public void Errors_give_1_with_positions_on_standard_error()
    {
        var file = Write("r.srl", "PREFIX : <http://example.org/>\nRULE { ?x :p ?y } WHERE { ?x :q ?z }\nRULE { ?x a :A } WHERE { ?x :q 1 NOT { ?x a :A } }\n");

        var run = CommandRun.Of("check", file);

        Assert.Equal(1, run.Status);
        Assert.Contains($"{file}:2:", run.Error, StringComparison.Ordinal);
        Assert.Contains("error SRL0201", run.Error, StringComparison.Ordinal);
        Assert.Contains("error SRL0301", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_makes_errors_of_warnings()
    {
        var file = Write("r.srl", "PREFIX : <http://example.org/>\nRULE { ?x :p 1 } WHERE { ?x :q ?x }\nRULE { ?x :p 1 } WHERE { ?x :q ?x }\n");

        Assert.Equal(0, CommandRun.Of("check", file).Status);
        Assert.Equal(1, CommandRun.Of("check", file, "--strict").Status);
    }

    [Fact]
    public void Strict_reports_each_extension_with_its_position_beside_all_else()
    {
        var file = Write("r.srl", "PREFIX : <http://example.org/>\nRULE { ?g :n ?n } WHERE {\n  { SELECT ?g (COUNT(*) AS ?n) WHERE { ?g :part [] } GROUP BY ?g }\n  { SELECT ?g (SUM(?x) AS ?s) WHERE { ?g :size ?x } GROUP BY ?g }\n  FILTER(?s > ?m) }\n");

        var lenient = CommandRun.Of("check", file);
        var strict = CommandRun.Of("check", file, "--strict");

        Assert.DoesNotContain("SRL0011", lenient.Error, StringComparison.Ordinal);
        Assert.Equal(1, strict.Status);
        Assert.Contains($"{file}:3:5: error SRL0011: SELECT in a body is an extension and not part of SPARQL 1.2 RL", strict.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:5: error SRL0011", strict.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:5:15: error SRL0202", strict.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_extension_alone_is_silent_unless_strict()
    {
        var file = Write("r.srl", "PREFIX : <http://example.org/>\nRULE { ?g :n ?n } WHERE { { SELECT ?g (COUNT(*) AS ?n) WHERE { ?g :part [] } GROUP BY ?g } }\n");

        var lenient = CommandRun.Of("check", file);

        Assert.Equal((0, ""), (lenient.Status, lenient.Error));
        Assert.Equal(1, CommandRun.Of("check", file, "--strict").Status);
    }

    [Fact]
    public void Terms_are_held_against_the_ontology_and_patterns_against_the_data()
    {
        var file = Write("r.srl", "PREFIX : <http://example.org/>\nRULE :r { ?x a :Adlut } WHERE { ?x :age 1 }\n");
        var ontology = Write("o.ttl", "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . :Adult a owl:Class . :age a owl:DatatypeProperty .");
        var data = Write("d.ttl", "@prefix : <http://example.org/> . :a :size 1 .");

        using var json = JsonDocument.Parse(CommandRun.Of("check", file, "--ontology", ontology, "--data", data, "--format", "json").Output);

        var codes = json.RootElement.GetProperty("diagnostics").EnumerateArray().Select(diagnostic => diagnostic.GetProperty("code").GetString()).ToList();
        Assert.Contains("SRL0405", codes);
        Assert.Contains("SRL0406", codes);
    }

    [Fact]
    public void Axioms_of_the_ontology_take_part_and_are_not_reported()
    {
        var file = Write("r.srl", "PREFIX : <http://example.org/>\nRULE :r { ?x :is 1 } WHERE { ?x a :Animal }\nRULE :s { ?x :is 2 } WHERE { ?x a :Plant }\n");
        var ontology = Write("o.ttl", "@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :Dog rdfs:subClassOf :Animal . :Animal a :C . :Plant a :C . :is a :P .");
        var data = Write("d.ttl", "@prefix : <http://example.org/> . :rex a :Dog .");

        var run = CommandRun.Of("check", file, "--ontology", ontology, "--data", data);

        Assert.Equal((0, "2 rules, 0 errors, 1 warnings\n"), (run.Status, run.Output));
        Assert.Contains($"{file}:3:33: warning SRL0405: Rule :s never fires", run.Error, StringComparison.Ordinal);
    }
}
