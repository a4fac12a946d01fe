namespace Reasoner.Rules.Tests;

/// <summary>Reads rules that are expected to be without errors.</summary>
internal static class Read
{
    public const string Prefix = "PREFIX : <http://example/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ";

    public static RuleSet RuleSet(string text)
    {
        var reading = RuleSetReader.Parse(text, "test.srl");
        Assert.True(reading.Diagnostics.IsEmpty, string.Join('\n', reading.Diagnostics));
        return reading.RuleSet;
    }

    public static Rule Rule(string text) => RuleSet(text).Rules.Single();

    /// <summary>The body's patterns of <c>RULE {} WHERE { body }</c>, in the N-Triples form of their terms.</summary>
    public static IEnumerable<string> Body(string body) =>
        Rule($"{Prefix}RULE {{}} WHERE {{ {body} }}").Body.Cast<PatternElement>().Select(element => Short(element.Pattern.ToString()));

    public static IEnumerable<string> Data(string data) =>
        RuleSet($"{Prefix}DATA {{ {data} }}").Data.Select(fact => Short(fact.Triple.ToString()));

    public static string Short(string text) => text
        .Replace("<http://example/", "<", StringComparison.Ordinal)
        .Replace("<http://www.w3.org/1999/02/22-rdf-syntax-ns#", "<rdf:", StringComparison.Ordinal);
}
