using System.Text;

namespace Reasoner.Inference.Tests;

/// <summary>Random rule sets and data: small worlds in which recursion, negation, aggregates, filters and assignments meet often.</summary>
internal sealed class RandomPrograms(int seed)
{
    private static readonly string[] DataPredicates = [":p", ":q", ":r", "a"];
    private static readonly string[] AllPredicates = [":p", ":p", ":q", ":q", ":r", ":h", ":h", ":i", ":j", "a"];
    private static readonly string[] AggregatedPredicates = [":r", ":r", ":r", ":p", ":q", ":h", "a"];
    private static readonly string[] HeadPredicates = [":h", ":h", ":i", ":i", ":j", ":p", ":q", "a"];
    private static readonly string[] Numbers = ["0", "1", "2", "3", "1", "2", "1.5", "0.1", "1.0", "1.0e-1", "2.0e0"];
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
        var aggregates = _random.Next(3) == 0 ? 1 + (_random.Next(5) / 4) : 0;
        if (aggregates > 0 && _random.Next(3) == 0) body.Append("  ").Append(SubSelect(variables, aggregates--)).Append('\n');
        var patterns = 1 + (_random.Next(6) / 3) + (_random.Next(8) / 7);
        for (var i = 0; i < patterns; i++)
            body.Append("  ").Append(Pattern(variables, i == 0 ? DataPredicates : AllPredicates)).Append(" .\n");
        while (aggregates > 0) body.Append("  ").Append(SubSelect(variables, aggregates--)).Append('\n');
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

    // Its own variables have the names of those outside: where they are keys they join, elsewhere they are others.
    private string SubSelect(List<string> variables, int number)
    {
        var own = new List<string>();
        var inner = new StringBuilder();
        for (var i = 1 + _random.Next(2); i > 0; i--) inner.Append(Pattern(own, AggregatedPredicates)).Append(" . ");
        if (own.Count == 0) inner.Append(Variable(own)).Append(" :p ").Append(Variable(own)).Append(" . ");
        if (_random.Next(5) == 0) inner.Append("FILTER(?").Append(Pick(own)).Append(" != ").Append(Node()).Append(") ");
        if (_random.Next(4) == 0) inner.Append(Negation(own)).Append(' ');
        if (_random.Next(5) == 0)
        {
            inner.Append("SET(?k := STRLEN(STR(?").Append(Pick(own)).Append("))) ");
            own.Add("k");
        }

        if (_random.Next(6) == 0) inner.Append(Pattern(own, AllPredicates)).Append(" . ");
        var keys = Enumerable.Range(0, _random.Next(3)).Select(_ => Pick(own)).Distinct().ToList();
        var given = keys.Where(_ => _random.Next(6) > 0).ToList();
        var result = "t" + number;
        var having = _random.Next(4) == 0 ? $" HAVING (?{result} > 1)" : _random.Next(4) == 0 ? $" HAVING ({Aggregate(own)} < 5)" : "";
        var text = $"{{ SELECT {string.Concat(given.Select(key => $"?{key} "))}({AggregateExpression(own)} AS ?{result}) "
            + $"WHERE {(_random.Next(8) == 0 ? "DATA " : "")}{{ {inner}}}{(keys.Count == 0 ? "" : " GROUP BY " + string.Join(' ', keys.Select(key => "?" + key)))}{having} }}";
        variables.AddRange(given.Append(result).Except(variables));
        return text;
    }

    private string AggregateExpression(List<string> own) => _random.Next(6) == 0 ? $"{Aggregate(own)} + COUNT(*)" : Aggregate(own);

    private string Aggregate(List<string> own)
    {
        var distinct = _random.Next(3) == 0 ? "DISTINCT " : "";
        var variable = "?" + Pick(own);
        var number = _random.Next(2) == 0 ? variable : $"IF(isNumeric({variable}), {variable}, STRLEN(STR({variable})))";
        return _random.Next(6) switch
        {
            0 => $"COUNT({distinct}*)",
            1 => $"COUNT({distinct}{variable} + 1)",
            2 => $"SUM({distinct}{number})",
            3 => $"AVG({distinct}{number})",
            4 => $"MIN({distinct}{variable})",
            _ => $"MAX({distinct}{variable})",
        };
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

    private string Object() => _random.Next(4) == 0 ? Pick(Numbers) : Node();

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
