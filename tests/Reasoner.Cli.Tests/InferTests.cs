using System.Globalization;
using System.Text.Json;

namespace Reasoner.Cli.Tests;

public sealed class InferTests : TemporaryFolder
{
    [Fact]
    public void Writes_the_inferred_triples_only_sorted_by_bytes()
    {
        var rules = Write("r.srl", FamilyRules);
        var data = Write("d.ttl", FamilyData);

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        Assert.Equal(
            """
            <http://example.org/a> <http://example.org/ancestor> <http://example.org/b> .
            <http://example.org/a> <http://example.org/ancestor> <http://example.org/c> .
            <http://example.org/a> <http://example.org/ancestor> <http://example.org/d> .
            <http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Adult> .
            <http://example.org/b> <http://example.org/ancestor> <http://example.org/c> .
            <http://example.org/b> <http://example.org/ancestor> <http://example.org/d> .
            <http://example.org/c> <http://example.org/ancestor> <http://example.org/d> .

            """,
            run.Output);
    }

    [Fact]
    public void Threads_give_the_same_file_and_memory_is_limited()
    {
        var rules = Write("r.srl", FamilyRules);
        var data = Write("d.nt", string.Concat(Enumerable.Range(0, 700).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"<http://example.org/n{i}> <http://example.org/parent> <http://example.org/n{i + 1}> .\n"))));

        var one = CommandRun.Of("infer", "--rules", rules, "--data", data, "--threads", "1");
        var three = CommandRun.Of("infer", "--rules", rules, "--data", data, "--threads", "3");
        var limited = CommandRun.Of("infer", "--rules", rules, "--data", data, "--max-memory", "0.001");

        Assert.Equal(one.Output, three.Output);
        Assert.Equal(1, limited.Status);
        Assert.Contains("limit of 1 MiB of memory in rule", limited.Error, StringComparison.Ordinal);
        Assert.Equal("", limited.Output);
    }

    [Fact]
    public void Closes_a_chain_and_sorts_every_line()
    {
        const int length = 60;
        var rules = Write("r.srl", FamilyRules);
        var data = Write("d.nt", string.Concat(Enumerable.Range(0, length).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"<http://example.org/n{i}> <http://example.org/parent> <http://example.org/n{i + 1}> .\n"))));
        var expected = Enumerable.Range(0, length)
            .SelectMany(i => Enumerable.Range(i + 1, length - i).Select(j =>
                string.Create(CultureInfo.InvariantCulture, $"<http://example.org/n{i}> <http://example.org/ancestor> <http://example.org/n{j}> .")))
            .Order(StringComparer.Ordinal);

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data);

        Assert.Equal(expected, run.Output.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Writes_data_blocks_but_not_what_the_data_states_as_well()
    {
        var rules = Write("r.srl", "PREFIX : <http://example.org/> DATA { :x :p 1 , \"t\\u000Aab\"@en , _:n . :x :q :y }");
        var data = Write("d.ttl", "@prefix : <http://example.org/> . :x :q :y .");

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data);

        Assert.Equal(
            """
            <http://example.org/x> <http://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
            <http://example.org/x> <http://example.org/p> "t\nab"@en .
            <http://example.org/x> <http://example.org/p> _:d0_n .

            """,
            run.Output);
    }

    [Fact]
    public void An_ontology_adds_its_axioms_as_rules_and_its_facts_as_data()
    {
        var rules = Write("r.srl", "PREFIX : <http://example.org/> RULE { ?x :is :animal } WHERE { ?x a :Animal }");
        var ontology = Write("o.ttl", "@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :Dog rdfs:subClassOf :Animal . :rex a :Dog .");
        var data = Write("d.ttl", "@prefix : <http://example.org/> . :fido a :Dog .");

        var run = CommandRun.Of("infer", "--rules", rules, "--data", data, "--ontology", ontology);

        Assert.Contains("<http://example.org/fido> <http://example.org/is> <http://example.org/animal> .", run.Output, StringComparison.Ordinal);
        Assert.Contains("<http://example.org/rex> <http://example.org/is> <http://example.org/animal> .", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("subClassOf", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_are_one_json_object_on_standard_error()
    {
        var run = CommandRun.Of("infer", "--rules", Write("r.srl", FamilyRules), "--data", Write("d.ttl", FamilyData), "--stats");

        using var json = JsonDocument.Parse(run.Error);
        Assert.Equal(
            ["parseMs", "materializeMs", "writeMs", "inputTriples", "inferredTriples", "inconsistencies", "rounds", "peakBytes"],
            json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(7, json.RootElement.GetProperty("inputTriples").GetInt32());
        Assert.Equal(7, json.RootElement.GetProperty("inferredTriples").GetInt32());
        Assert.True(json.RootElement.GetProperty("peakBytes").GetInt64() > 1_000_000);
    }

    [Fact]
    public void A_file_ending_of_ttl_gives_Turtle_with_the_known_prefixes()
    {
        var run = CommandRun.Of("infer", "--rules", Write("r.srl", FamilyRules), "--data", Write("d.ttl", FamilyData), "--out", PathOf("o.ttl"));

        Assert.Equal((0, "", ""), (run.Status, run.Output, run.Error));
        Assert.Contains("PREFIX : <http://example.org/>", Read("o.ttl").Replace("@prefix", "PREFIX", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(":c :ancestor :d", Read("o.ttl"), StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_nodes_of_two_files_stay_apart()
    {
        var rules = Write("r.srl", "PREFIX : <http://example.org/> RULE { ?x :q ?y } WHERE { ?x :p ?y }");
        var one = Write("1.ttl", "@prefix : <http://example.org/> . _:b :p 1 .");
        var two = Write("2.ttl", "@prefix : <http://example.org/> . _:b :p 2 .");

        var run = CommandRun.Of("infer", "--rules", rules, "--data", one, two);

        Assert.Equal(2, run.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]).Distinct().Count());
    }

    [Fact]
    public void Limits_end_the_work_with_a_line_that_names_the_rule()
    {
        var rules = Write("r.srl", FamilyRules);
        var run = CommandRun.Of("infer", "--rules", rules, "--data", Write("d.ttl", FamilyData), "--max-facts", "2", "--out", PathOf("o.nt"));

        Assert.Equal(1, run.Status);
        Assert.Contains("2 derived facts", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("o.nt")));
    }

    [Fact]
    public void Cancellation_gives_130_and_no_output_file()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var run = CommandRun.With(
            new Dictionary<string, string>(), "", cancelled.Token,
            "infer", "--rules", Write("r.srl", FamilyRules), "--data", Write("d.ttl", FamilyData), "--out", PathOf("o.nt"));

        Assert.Equal(130, run.Status);
        Assert.Equal("Cancelled.\n", run.Error);
        Assert.False(File.Exists(PathOf("o.nt")));
    }
}
