using System.Text.Json;
using System.Text.RegularExpressions;

namespace Reasoner.Cli.Tests;

public sealed partial class InconsistencyTests : TemporaryFolder
{
    private const string Prefixes = "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

    [Fact]
    public void Infer_names_what_contradicts_the_ontology_and_the_command_that_proves_it()
    {
        var (rules, ontology, data) = Family(":Dog owl:disjointWith :Cat . :Puppy rdfs:subClassOf :Dog .", ":tom a :Cat , :Puppy . :rex a :Dog .");

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data, "--ontology", ontology, "--stats");

        Assert.Equal(0, run.Status);
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.Equal($"inconsistent: :tom is in two disjoint classes (cax-dw, {ontology}:2)", lines[0]);
        Assert.Equal(1, JsonDocument.Parse(lines[2]).RootElement.GetProperty("inconsistencies").GetInt32());

        var command = Words().Matches(lines[1]["  proof: reasoner ".Length..]).Select(match => match.Value.Trim('\'')).ToArray();
        var proof = CommandRun.Of(command);
        Assert.Equal((0, ""), (proof.Status, proof.Error));
        Assert.Equal(
            $"""
            p1  :tom <urn:reasoner:ns#inconsistency> "cax-dw"  by cax-dw ({ontology}:2) with ?x = :tom
            ├─ p3  :tom a :Dog  by cax-sco ({ontology}:2) with ?x = :tom
            │  └─ p4  :tom a :Puppy  [{data}:2]
            └─ p2  :tom a :Cat  [{data}:2]

            """,
            proof.Output);

        Assert.Equal(0, CommandRun.Of([.. command, "--format", "json", "--out", PathOf("p.json")]).Status);
        Assert.Equal(0, CommandRun.Of("verify", PathOf("p.json")).Status);
    }

    [Fact]
    public void What_contradicts_only_because_terms_are_equal_is_proved_too()
    {
        var (rules, ontology, data) = Family(":owner a owl:FunctionalProperty .", ":rex :owner :ann , :anne . :ann owl:differentFrom :anne .");

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data, "--ontology", ontology);

        Assert.Equal(0, run.Status);
        Assert.StartsWith("inconsistent: :ann is the same as something that it is stated to differ from (eq-diff1, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("<http://example.org/anne> <urn:reasoner:ns#inconsistency> \"eq-diff1\" .", run.Output, StringComparison.Ordinal);
        foreach (var name in (string[])[":ann", ":anne"])
        {
            var proof = CommandRun.Of(
                "prove", "--rules", rules, "--data", data, "--ontology", ontology, "--fact", $"{name} <urn:reasoner:ns#inconsistency> \"eq-diff1\"");
            Assert.Equal((0, ""), (proof.Status, proof.Error));
            Assert.Contains("by prp-fp", proof.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Many_contradictions_are_counted_not_listed()
    {
        var (rules, ontology, data) = Family(":Dog owl:disjointWith :Cat .", string.Concat(Enumerable.Range(0, 25).Select(i => $":n{i} a :Dog , :Cat . ")));

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data, "--ontology", ontology);

        Assert.Equal(21, run.Error.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("inconsistent: 15 more", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ":a owl:sameAs :b . :a :p 1 .")]
    [InlineData("DATA { :a owl:sameAs :b }", ":a :p 1 .")]
    [InlineData("RULE { ?x owl:sameAs ?y } WHERE { ?x :is ?y }", ":a :p 1 ; :is :b .")]
    [InlineData("RULE { ?x ?p ?y } WHERE { ?x :is ?y . ?p :means :equal }", ":a :p 1 ; :is :b . owl:sameAs :means :equal .")]
    public void Equality_is_seen_wherever_it_is_stated(string rule, string facts)
    {
        var (_, ontology, data) = Family(":A rdfs:subClassOf :B .", facts);
        var rules = Write("same.srl", "PREFIX : <http://example.org/> PREFIX owl: <http://www.w3.org/2002/07/owl#> " + rule);

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data, "--ontology", ontology);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("<http://example.org/b> <http://example.org/p> \"1\"", run.Output, StringComparison.Ordinal);
    }

    private (string Rules, string Ontology, string Data) Family(string ontology, string data) =>
        (Write("r.srl", "PREFIX : <http://example.org/>"), Write("o.ttl", Prefixes + ontology), Write("d.ttl", Prefixes + data));

    [GeneratedRegex("'[^']*'|[^ ]+")]
    private static partial Regex Words();
}
