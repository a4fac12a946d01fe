using System.Diagnostics;
using System.Text;

namespace Reasoner.Rules.Tests;

public class FuzzTests
{
    private static readonly string[] _fragments =
    [
        "RULE", "DATA", "WHERE", "PREFIX", "BASE", "IMPORTS", "VERSION", "FILTER", "NOT", "SET", "IN", "a", "true", "{", "}", "(", ")", "[", "]", "()",
        "[]", "<<", ">>", "<<(", ")>>", "{|", "|}", "~", "^", "^^", "/", "*", "+", "-", "!", "=", "<", ">", "<=", "&&", "||", ":=", ".", ",", ";", ":p",
        "ex:p", ":", "?x", "$y", "?", "_:b", "_:", "<http://e/>", "<r>", "'s'", "\"", "'''", "'\\u12'", "\\", "@en", "@", "1", "1.", "-2e3", "STR", "IF",
        "nonsense", "#c\n", "\n", "\ud83d", "\udc00", "\0", "\u00b7", "%2", "é",
    ];

    [Fact]
    public void Any_sequence_of_tokens_gives_diagnostics_and_ends()
    {
        var random = new Random(1);
        for (var i = 0; i < 4000; i++)
        {
            var text = new StringBuilder("PREFIX : <http://e/> ");
            for (var n = random.Next(40); n > 0; n--)
                text.Append(_fragments[random.Next(_fragments.Length)]).Append(random.Next(4) == 0 ? "" : " ");
            ReadsToTheEnd(text.ToString());
        }
    }

    [Fact]
    public void Damaged_rule_sets_give_diagnostics_and_end()
    {
        var random = new Random(2);
        var rules = new RandomRules(random);
        for (var i = 0; i < 1500; i++)
        {
            var text = new StringBuilder(RuleText.Write(rules.RuleSet(3)));
            for (var n = 1 + random.Next(4); n > 0 && text.Length > 0; n--)
            {
                var place = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0: text.Remove(place, Math.Min(random.Next(1, 8), text.Length - place)); break;
                    case 1: text.Insert(place, _fragments[random.Next(_fragments.Length)]); break;
                    default: text[place] = (char)random.Next(0x20, 0x180); break;
                }
            }

            ReadsToTheEnd(text.ToString());
        }
    }

    [Theory]
    [InlineData("RULE {} WHERE { ?x :p ", "[ :p ", "")]
    [InlineData("RULE {} WHERE { ?x :p ", "( ", "")]
    [InlineData("RULE {} WHERE { ?x :p ", "<<( ?x :p ", "")]
    [InlineData("RULE {} WHERE { ?x ", "^(", ":p")]
    [InlineData("RULE {} WHERE { FILTER", "(", "1")]
    [InlineData("RULE {} WHERE { FILTER(", "STR(", "1")]
    [InlineData("DATA { :s :p :o ", "{| :p :o ", "")]
    [InlineData("DATA { ", "<< ", "")]
    public void Deep_nesting_is_refused(string start, string nested, string end)
    {
        var text = "PREFIX : <http://e/> " + start + string.Concat(Enumerable.Repeat(nested, 100_000)) + end;
        Assert.Contains(RuleSetReader.Parse(text, "deep.srl").Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.TooDeep);
    }

    [Fact]
    public void Many_errors_stop_the_reading()
    {
        var text = string.Concat(Enumerable.Repeat("RULE { ?x ?y } WHERE {}\n", 5000));
        var reading = RuleSetReader.Parse(text, "bad.srl");
        Assert.Equal(101, reading.Diagnostics.Length);
        Assert.Contains(reading.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.TooManyErrors);
    }

    // Whatever was read must stand up to everything that is done with rule sets.
    private static void ReadsToTheEnd(string text)
    {
        var watch = Stopwatch.StartNew();
        var reading = RuleSetReader.Parse(text, "fuzz.srl");
        foreach (var diagnostic in reading.Diagnostics) Assert.True(diagnostic.Position.Line >= 1 && diagnostic.Position.Column >= 1, text);
        WellFormedness.Check(reading.RuleSet);
        Rules.Stratification.Create(reading.RuleSet);
        RuleSetAnalyzer.Analyze(reading.RuleSet);
        if (!reading.HasErrors) Assert.False(RuleSetReader.Parse(RuleText.Write(reading.RuleSet), "again.srl").HasErrors, text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), text);
    }
}
