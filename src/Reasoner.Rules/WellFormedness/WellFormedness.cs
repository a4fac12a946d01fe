using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The well-formedness conditions (SPARQL 1.2 RL, "Well-formedness Conditions"): filters and assignments use only what
/// earlier elements bind, an assignment binds a new variable, and the head uses only what the body binds. For a SELECT, those
/// of SPARQL 1.2 Query: what is not aggregated is grouped, and AS names a new variable.
/// </summary>
public static class WellFormedness
{
    /// <summary>All violations, rule by rule, at the positions where they stand.</summary>
    public static ImmutableArray<Diagnostic> Check(RuleSet ruleSet)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var names = new NameWriter(ruleSet.Prefixes);
        foreach (var rule in ruleSet.Rules) Check(rule, names.WriteRule(rule), diagnostics);
        return diagnostics.DrainToImmutable();
    }

    /// <summary>Whether a rule meets the conditions.</summary>
    public static bool IsWellFormed(Rule rule)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        Check(rule, rule.DisplayName, diagnostics);
        return diagnostics.Count == 0;
    }

    private static void Check(Rule rule, string name, ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        var bound = new HashSet<string>(StringComparer.Ordinal);
        CheckSequence(name, rule.Body, bound, diagnostics);
        foreach (var template in rule.Head)
        {
            foreach (var variable in template.Variables.Where(variable => !bound.Contains(variable)))
            {
                Report(template.Position, DiagnosticCodes.UnboundInHead,
                    $"The head of rule {name} uses ?{variable}, which its body never binds{Advice(variable, bound)}; "
                    + "match it in a triple pattern or SET it.");
            }
        }

        void Report(SourcePosition position, string code, string message) =>
            diagnostics.Add(new Diagnostic(position, Severity.Error, code, message));
    }

    // "bound" holds V0 at the start, and Vall at the end.
    private static void CheckSequence(
        string name, ImmutableArray<BodyElement> elements, HashSet<string> bound,
            ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        foreach (var element in elements)
        {
            switch (element)
            {
                case PatternElement { Pattern: var pattern }:
                    bound.UnionWith(pattern.Variables);
                    break;
                case FilterElement filter:
                    CheckExpression(filter.Expression, DiagnosticCodes.UnboundInFilter, "FILTER");
                    break;
                case NegationElement negation:
                    CheckSequence(
                        name, negation.Inner, new HashSet<string>(bound, StringComparer.Ordinal), diagnostics);
                    break;
                case SubSelectElement select:
                    var inner = new HashSet<string>(StringComparer.Ordinal);
                    CheckSequence(name, select.Inner, inner, diagnostics);
                    SelectConditions.Check(select, name, inner, bound, diagnostics);
                    bound.UnionWith(select.Variables);
                    break;
                case AssignmentElement assignment:
                    CheckExpression(assignment.Expression, DiagnosticCodes.UnboundInAssignment, "SET");
                    if (!bound.Add(assignment.Variable))
                    {
                        diagnostics.Add(
                            new Diagnostic(assignment.Position, Severity.Error, DiagnosticCodes.AlreadyBound,
                            $"SET gives ?{assignment.Variable} a value in rule {name}, but it has one already; "
                            + "use a new name, or FILTER to compare."));
                    }

                    break;
            }
        }

        void CheckExpression(Expression expression, string code, string element)
        {
            foreach (var use in expression.VariableUses().Where(use => !bound.Contains(use.Name)).DistinctBy(
                use => use.Name))
            {
                var advice = elements.BoundVariables().Contains(use.Name)
                    ? $"; move the {element} behind what binds it"
                    : $"{Advice(use.Name, bound)}; match it in a triple pattern before, or SET it";
                diagnostics.Add(new Diagnostic(use.Position, Severity.Error, code,
                    $"{element} uses ?{use.Name} in rule {name}, which nothing before it binds{advice}."));
            }
        }
    }

    internal static string Advice(string variable, IEnumerable<string> bound) =>
        NearestName.Find(variable, bound.Where(name => name[0] is not ('_' or '/'))) is { } nearest
            ? $" (did you mean ?{nearest}?)" : "";
}
