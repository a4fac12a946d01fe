using System.Text;

namespace Reasoner.Inference.Tests;

/// <summary>Random rule sets and data: small worlds in which recursion, negation, filters and assignments meet often.</summary>
internal sealed class RandomPrograms(int seed)
{
    private static readonly string[] DataPredicates = [":p", ":q", ":r", "a"];
    private static readonly string[] AllPredicates = [":p", ":p", ":q", ":q", ":r", ":h", ":h", ":i", ":j", "a"];
    private static readonly string[] HeadPredicates = [":h", ":h", ":i", ":i", ":j", ":p", ":q", "a"];
    private readonly Random _random = new(seed);

    /// <summary>Turtle for some triples over the small world.</summary>
    public string Data(int count)
    {
        var text = new StringBuilder("PREFIX : <http://example/>\n");
        for (var i = 0; i < count; i++)
            text.Append(Node()).Append(' ').Append(Pick(DataPredicates)).Append(' ').Append(Object()).Append(" .\n");
        return text.ToString();
    }

    /// <summary>SRL text; not always stratifiable: the caller tries the next.</summary>
    public string Rules(int count)
    {
        var text = new StringBuilder("PREFIX : <http://example/>\n");
        if (_random.Next(3) == 0) text.Append("DATA { ").Append(Node()).Append(" :q ").Append(Node()).Append(" }\n");
        for (var i = 0; i < count; i++) text.Append(Rule(i)).Append('\n');
        return text.ToString();
    }

    private string Rule(int number)
    {
        var variables = new List<string>();
        var body = new StringBuilder();
        var patterns = 1 + (_random.Next(6) / 3) + (_random.Next(8) / 7);
        for (var i = 0; i < patterns; i++)
            body.Append("  ").Append(Pattern(variables, i == 0 ? DataPredicates : AllPredicates)).Append(" .\n");
        if (_random.Next(4) == 0) body.Append("  FILTER(?").Append(Pick(variables)).Append(" != ").Append(Node()).Append(")\n");
        if (_random.Next(20) == 0) body.Append("  FILTER(?").Append(Pick(variables)).Append(" < 3)\n");
        if (_random.Next(2) == 0) body.Append("  ").Append(Negation(variables)).Append('\n');
        if (_random.Next(6) == 0)
        {
            body.Append("  SET(?v := ").Append(_random.Next(2) == 0 ? $"?{Pick(variables)} + 1" : $"STRLEN(STR(?{Pick(variables)}))").Append(")\n");
            variables.Add("v");
        }

        if (_random.Next(8) == 0) body.Append("  ").Append(Pattern(variables, AllPredicates)).Append(" .\n");
        var where = _random.Next(20) == 0 ? "WHERE DATA" : "WHERE";
        return $"RULE :rule{number} {{ {Head(variables)} }} {where} {{\n{body}}}";
    }

    private string Negation(List<string> variables)
    {
        var own = new List<string>(variables);
        var data = _random.Next(4) == 0 ? "DATA " : "";
        var second = _random.Next(3) == 0 ? " . " + Pattern(own, AllPredicates) : "";
        return $"NOT {data}{{ {Pattern(own, AllPredicates)}{second} }}";
    }

    private string Head(List<string> variables)
    {
        string Subject() => _random.Next(10) == 0 ? "[]" : "?" + Pick(variables);
        string Predicate() => _random.Next(40) == 0 ? "?" + Pick(variables) : Pick(HeadPredicates);
        var head = $"{Subject()} {Predicate()} ?{Pick(variables)}";
        return _random.Next(4) == 0 ? $"{head} . ?{Pick(variables)} {Predicate()} {Node()}" : head;
    }

    private string Pattern(List<string> variables, string[] predicates)
    {
        var predicate = _random.Next(25) == 0 ? Variable(variables) : Pick(predicates);
        var subject = _random.Next(10) == 0 ? Node() : Variable(variables);
        var @object = _random.Next(9) == 0 ? Object() : Variable(variables);
        if (subject == @object && _random.Next(5) > 0) @object = Variable(variables);
        if (!subject.StartsWith('?') && !@object.StartsWith('?')) @object = Variable(variables);
        return $"{subject} {predicate} {@object}";
    }

    private string Variable(List<string> variables)
    {
        if (variables.Count > 0 && _random.Next(5) < 2) return "?" + Pick(variables);
        var name = "xyzwu"[_random.Next(5)].ToString();
        if (!variables.Contains(name)) variables.Add(name);
        return "?" + name;
    }

    private string Node() => ":n" + _random.Next(4);

    private string Object() => _random.Next(4) == 0 ? _random.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture) : Node();

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
