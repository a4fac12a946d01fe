namespace Reasoner.Rdf.Tests.Writing;

/// <summary>Each case is a Turtle document beside what the writer makes of it.</summary>
public class TurtleWriterTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "cases", "turtle-writer");

    public static TheoryData<string> Names => new(
        Directory.GetFiles(Cases, "*.expected.ttl").Select(file => Path.GetFileName(file)[..^".expected.ttl".Length]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Writes_as_expected(string name)
    {
        var input = RdfDocument.Load(Path.Combine(Cases, name + ".ttl"));
        var expected = File.ReadAllText(Path.Combine(Cases, name + ".expected.ttl")).ReplaceLineEndings("\n");
        Assert.Equal(expected, TurtleWriter.ToText(input.Triples, input.Prefixes));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_output_is_a_fixed_point(string name)
    {
        var output = RdfDocument.Load(Path.Combine(Cases, name + ".expected.ttl"));
        var expected = File.ReadAllText(Path.Combine(Cases, name + ".expected.ttl")).ReplaceLineEndings("\n");
        Assert.Equal(expected, TurtleWriter.ToText(output.Triples, output.Prefixes));
    }
}
