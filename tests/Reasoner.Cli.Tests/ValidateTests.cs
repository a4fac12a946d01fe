using System.Text.Json;

namespace Reasoner.Cli.Tests;

public sealed class ValidateTests : TemporaryFolder
{
    private const string Shapes =
        """
        @prefix : <http://example.org/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        :Person a sh:NodeShape ; sh:targetClass :Human ; sh:property [ sh:path :age ; sh:minCount 1 ; sh:maxInclusive 150 ] .

        """;

    [Fact]
    public void Conforming_data_gives_0()
    {
        var run = CommandRun.Of("validate", "--shapes", Write("s.ttl", Shapes), "--data", Write("d.ttl", "@prefix : <http://example.org/> . :a a :Human ; :age 3 ."));

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("sh:conforms true", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_data_gives_1_and_the_results()
    {
        var shapes = Write("s.ttl", Shapes);
        var data = Write("d.ttl", "@prefix : <http://example.org/> . :a a :Human .\n:b a :Human ; :age 200 .");

        var turtle = CommandRun.Of("validate", "--shapes", shapes, "--data", data);
        using var json = JsonDocument.Parse(CommandRun.Of("validate", "--shapes", shapes, "--data", data, "--format", "json").Output);

        Assert.Equal(1, turtle.Status);
        Assert.Contains("sh:conforms false", turtle.Output, StringComparison.Ordinal);
        Assert.False(json.RootElement.GetProperty("conforms").GetBoolean());
        Assert.Equal(
            ["<http://example.org/a>", "<http://example.org/b>"],
            json.RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("focusNode").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Wrong_shapes_give_1_and_their_position()
    {
        var shapes = Write("s.ttl", "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:property [ sh:path 5 ] .");

        var run = CommandRun.Of("validate", "--shapes", shapes, "--data", Write("d.ttl", FamilyData));

        Assert.Equal(1, run.Status);
        Assert.StartsWith($"{shapes}:", run.Error, StringComparison.Ordinal);
    }
}
