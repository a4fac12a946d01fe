using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Writes rules as SRL. What is written reads back as the same rule, but for positions and for the names of blank nodes
/// and of the variables that paths were expanded with.
/// </summary>
public sealed class RuleText
{
    private readonly NameWriter _names;
    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _headNodes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private int _lastLabel;

    private RuleText(NameWriter names) => _names = names;

    /// <summary>A whole document: the prefixes, the data, the rules.</summary>
    public static string Write(RuleSet ruleSet)
    {
        var text = new StringBuilder();
        var names = new NameWriter(ruleSet.Prefixes);
        foreach (var (prefix, ns) in ruleSet.Prefixes)
            text.Append("PREFIX ").Append(prefix).Append(": ").Append(new Iri(ns)).Append('\n');
        if (!ruleSet.Data.IsEmpty)
        {
            text.Append("\nDATA {\n");
            foreach (var (triple, _) in ruleSet.Data)
                text.Append("  ").Append(Ground(names, triple)).Append(" .\n");
            text.Append("}\n");
        }

        foreach (var rule in ruleSet.Rules) text.Append('\n').Append(Write(rule, names)).Append('\n');
        return text.ToString();
    }

    /// <summary>One rule, without the PREFIX lines that it needs.</summary>
    public static string Write(Rule rule, IReadOnlyDictionary<string, string> prefixes) =>
        Write(rule, new NameWriter(prefixes));

    /// <summary>One triple pattern, for messages.</summary>
    public static string Write(TriplePattern pattern, IReadOnlyDictionary<string, string> prefixes)
    {
        var writer = new RuleText(new NameWriter(prefixes));
        writer.CollectLabels(pattern);
        return writer.Pattern(pattern);
    }

    /// <summary>One expression, for messages.</summary>
    public static string Write(Expression expression, IReadOnlyDictionary<string, string> prefixes) =>
        new RuleText(new NameWriter(prefixes)).Text(expression, Precedence.Or);

    private static string Write(Rule rule, NameWriter names)
    {
        var writer = new RuleText(names);
        foreach (var pattern in rule.Head.Concat(rule.Body.Patterns())) writer.CollectLabels(pattern);
        writer.AppendRule(rule);
        return writer._text.ToString();
    }

    private static string Ground(NameWriter names, Triple triple) =>
        $"{names.Write(triple.Subject)} {names.WritePredicate(triple.Predicate)} {names.Write(triple.Object)}";

    // Labels that the author chose stay; those of the reader's making are chosen anew beside them.
    private void CollectLabels(TriplePattern pattern)
    {
        foreach (var term in pattern.Terms)
        {
            if (term is Variable { IsBlankNode: true } variable) _labels.Add(variable.Name[2..]);
            else if (term is ConstantTerm { Term: BlankNode node }) _labels.Add(node.Label);
            else if (term is TripleTermPattern triple) CollectLabels(triple.Pattern);
        }
    }

    private void AppendRule(Rule rule)
    {
        _text.Append("RULE ");
        if (rule.Name is not null) _text.Append(_names.Write(rule.Name)).Append(' ');
        _text.Append("{ ");
        AppendPatterns(rule.Head, HeadTerm);
        _text.Append(" }\nWHERE ");
        if (rule.MatchesDataOnly) _text.Append("DATA ");
        AppendBody(rule);
    }

    private void AppendBody(Rule rule)
    {
        if (rule.Body.IsEmpty)
        {
            _text.Append("{}");
            return;
        }

        _text.Append("{\n");
        AppendElements(rule.Body, "  ");
        _text.Append('}');
    }

    private void AppendElements(ImmutableArray<BodyElement> elements, string indent)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            _text.Append(indent);
            switch (elements[i])
            {
                case PatternElement { Pattern: var first }:
                    var patterns = elements.Skip(i)
                        .TakeWhile(element =>
                            element is PatternElement { Pattern: var next } && next.Subject == first.Subject)
                        .Select(element => ((PatternElement)element).Pattern)
                        .ToImmutableArray();
                    i += patterns.Length - 1;
                    AppendPatterns(patterns, BodyTerm);
                    _text.Append(" .");
                    break;
                case FilterElement filter:
                    _text.Append("FILTER(").Append(Text(filter.Expression, Precedence.Or)).Append(')');
                    break;
                case AssignmentElement assignment:
                    _text.Append("SET(?").Append(assignment.Variable).Append(" := ")
                        .Append(Text(assignment.Expression, Precedence.Or)).Append(')');
                    break;
                case NegationElement negation:
                    _text.Append(negation.MatchesDataOnly ? "NOT DATA {\n" : "NOT {\n");
                    AppendElements(negation.Inner, indent + "  ");
                    _text.Append(indent).Append('}');
                    break;
                case SubSelectElement select:
                    AppendSubSelect(select, indent);
                    break;
            }

            _text.Append('\n');
        }
    }

    private void AppendSubSelect(SubSelectElement select, string indent)
    {
        var inner = indent + "  ";
        _text.Append("{\n").Append(inner).Append("SELECT");
        foreach (var (variable, expression, _) in select.Projections)
        {
            if (expression is null) _text.Append(" ?").Append(variable);
            else _text.Append(" (").Append(Text(expression, Precedence.Or)).Append(" AS ?").Append(variable).Append(')');
        }

        _text.Append('\n').Append(inner).Append(select.MatchesDataOnly ? "WHERE DATA {\n" : "WHERE {\n");
        AppendElements(select.Inner, inner + "  ");
        _text.Append(inner).Append("}\n");
        if (!select.GroupBy.IsEmpty)
            _text.Append(inner).Append("GROUP BY ").AppendJoin(' ', select.GroupBy.Select(variable => "?" + variable.Name)).Append('\n');
        if (!select.Having.IsEmpty)
            _text.Append(inner).Append("HAVING ").AppendJoin(' ', select.Having.Select(condition => $"({Text(condition, Precedence.Or)})")).Append('\n');
        _text.Append(indent).Append('}');
    }

    // Patterns of one subject in a row share it.
    private void AppendPatterns(ImmutableArray<TriplePattern> patterns, Func<PatternTerm, string> term)
    {
        for (var i = 0; i < patterns.Length; i++)
        {
            if (i > 0 && patterns[i].Subject == patterns[i - 1].Subject) _text.Append(" ; ");
            else _text.Append(i > 0 ? " . " : "").Append(term(patterns[i].Subject)).Append(' ');
            _text.Append(Predicate(patterns[i].Predicate, term)).Append(' ').Append(term(patterns[i].Object));
        }
    }

    private string Pattern(TriplePattern pattern) => Pattern(pattern, BodyTerm);

    private string Pattern(TriplePattern pattern, Func<PatternTerm, string> term) =>
        $"{term(pattern.Subject)} {Predicate(pattern.Predicate, term)} {term(pattern.Object)}";

    private string Predicate(PatternTerm predicate, Func<PatternTerm, string> term) =>
        predicate is ConstantTerm { Term: var constant } ? _names.WritePredicate(constant) : term(predicate);

    private string BodyTerm(PatternTerm term) => term switch
    {
        Variable variable => VariableText(variable),
        TripleTermPattern triple => $"<<( {Pattern(triple.Pattern, BodyTerm)} )>>",
        ConstantTerm constant => _names.Write(constant.Term),
        _ => throw new InvalidOperationException($"{term.GetType()} is no term of a pattern."),
    };

    private string HeadTerm(PatternTerm term) => term switch
    {
        ConstantTerm { Term: BlankNode node } => "_:" + LabelOf(_headNodes, node.Label),
        TripleTermPattern triple => $"<<( {Pattern(triple.Pattern, HeadTerm)} )>>",
        _ => BodyTerm(term),
    };

    private string VariableText(Variable variable)
    {
        if (!variable.IsHidden) return variable.ToString();
        return "_:" + LabelOf(_variables, variable.IsBlankNode ? variable.Name[2..] : variable.Name);
    }

    private string LabelOf(Dictionary<string, string> labels, string label)
    {
        if (labels.TryGetValue(label, out var written)) return written;
        if (label[0] is not ('.' or '/')) return labels[label] = label;
        do written = "b" + (++_lastLabel).ToString(CultureInfo.InvariantCulture);
        while (_labels.Contains(written));
        return labels[label] = written;
    }

    private enum Precedence
    {
        Or,
        And,
        Relational,
        Additive,
        Multiplicative,
        Unary,
        Primary,
    }

    private string Text(Expression expression, Precedence context)
    {
        var (text, precedence) = Text(expression);
        return precedence < context ? $"({text})" : text;
    }

    private (string Text, Precedence Precedence) Text(Expression expression) => expression switch
    {
        VariableExpression variable => ("?" + variable.Name, Precedence.Primary),
        ConstantExpression constant => (_names.Write(constant.Term), Precedence.Primary),
        CallExpression call => Text(call),
        AggregateExpression aggregate => (
            $"{Aggregates.NameOf(aggregate.Aggregate)}({(aggregate.IsDistinct ? "DISTINCT " : "")}{(aggregate.Argument is { } argument ? Text(argument, Precedence.Or) : "*")})",
            Precedence.Primary),
        _ => throw new InvalidOperationException($"{expression.GetType()} is no expression."),
    };

    private (string Text, Precedence Precedence) Text(CallExpression call) => call.Function switch
    {
        Function.Or => Infix(call, "||", Precedence.Or),
        Function.And => Infix(call, "&&", Precedence.And),
        Function.Equal => Infix(call, "=", Precedence.Relational),
        Function.NotEqual => Infix(call, "!=", Precedence.Relational),
        Function.Less => Infix(call, "<", Precedence.Relational),
        Function.Greater => Infix(call, ">", Precedence.Relational),
        Function.LessOrEqual => Infix(call, "<=", Precedence.Relational),
        Function.GreaterOrEqual => Infix(call, ">=", Precedence.Relational),
        Function.In => Membership(call, "IN"),
        Function.NotIn => Membership(call, "NOT IN"),
        Function.Add => Infix(call, "+", Precedence.Additive),
        Function.Subtract => Infix(call, "-", Precedence.Additive),
        Function.Multiply => Infix(call, "*", Precedence.Multiplicative),
        Function.Divide => Infix(call, "/", Precedence.Multiplicative),
        Function.Not => Prefix(call, "!"),
        Function.UnaryPlus => Prefix(call, "+ "),
        Function.UnaryMinus => Prefix(call, "- "),
        _ => ($"{FunctionName(call.Function)}{List(call.Arguments)}", Precedence.Primary),
    };

    // All but comparisons, which do not chain, group from the left.
    private (string Text, Precedence Precedence) Infix(CallExpression call, string sign, Precedence precedence)
    {
        var left = Text(call.Arguments[0], precedence == Precedence.Relational ? precedence + 1 : precedence);
        return ($"{left} {sign} {Text(call.Arguments[1], precedence + 1)}", precedence);
    }

    private (string Text, Precedence Precedence) Membership(CallExpression call, string sign) =>
        ($"{Text(call.Arguments[0], Precedence.Additive)} {sign} {List(call.Arguments[1..])}", Precedence.Relational);

    private (string Text, Precedence Precedence) Prefix(CallExpression call, string sign) =>
        (sign + Text(call.Arguments[0], Precedence.Primary), Precedence.Unary);

    private string List(ImmutableArray<Expression> arguments) =>
        $"({string.Join(", ", arguments.Select(argument => Text(argument, Precedence.Or)))})";

    private string FunctionName(Function function) => FunctionNames.IsCast(function)
        ? _names.Write(new Iri(Functions.NameOf(function)))
        : Functions.NameOf(function);
}
