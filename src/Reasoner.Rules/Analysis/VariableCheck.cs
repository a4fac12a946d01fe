using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Finds variables that stand only once in their rule: often a typing error.</summary>
internal sealed class VariableCheck(Findings findings)
{
    private readonly Dictionary<string, (int Count, SourcePosition First)> _uses = new(StringComparer.Ordinal);

    public void Check(Rule rule, RuleCatalogue? catalogue)
    {
        _uses.Clear();
        foreach (var template in rule.Head) Count(template);
        CountElements(rule.Body);
        if (rule.Name is not null && catalogue?.Find(rule.Name)?.Because is { } because)
            foreach (var name in because.Placeholders) Use(name, rule.Position);
        Report(rule);
        foreach (var select in rule.Body.OfType<SubSelectElement>())
        {
            _uses.Clear();
            CountInside(select);
            Report(rule);
        }
    }

    private void Report(Rule rule)
    {
        foreach (var (name, (count, position)) in _uses)
        {
            if (count == 1)
            {
                findings.Remark(position, DiagnosticCodes.VariableUsedOnce,
                    $"?{name} stands only here in {findings.This(rule)}; if any value will do, write [] instead, else check its spelling.");
            }
        }
    }

    // A SELECT's variables are its own. Those that it gives are used by that, in it and outside.
    private void CountInside(SubSelectElement select)
    {
        CountElements(select.Inner);
        foreach (var variable in select.GroupBy) Use(variable.Name, variable.Position);
        foreach (var projection in select.Projections)
        {
            UseGiven(projection);
            if (projection.Expression is not null) CountExpression(projection.Expression);
        }

        foreach (var condition in select.Having) CountExpression(condition);
    }

    private void CountElements(ImmutableArray<BodyElement> elements)
    {
        foreach (var element in elements)
        {
            switch (element)
            {
                case PatternElement pattern:
                    Count(pattern.Pattern);
                    break;
                case FilterElement filter:
                    CountExpression(filter.Expression);
                    break;
                case AssignmentElement assignment:
                    Use(assignment.Variable, assignment.Position);
                    CountExpression(assignment.Expression);
                    break;
                case NegationElement negation:
                    CountElements(negation.Inner);
                    break;
                case SubSelectElement select:
                    foreach (var projection in select.Projections) UseGiven(projection);
                    break;
            }
        }
    }

    private void Count(TriplePattern pattern)
    {
        foreach (var term in pattern.Terms)
        {
            if (term is Variable { IsHidden: false } variable) Use(variable.Name, pattern.Position);
            else if (term is TripleTermPattern triple) Count(triple.Pattern);
        }
    }

    private void CountExpression(Expression expression)
    {
        foreach (var use in expression.VariableUses()) Use(use.Name, use.Position);
    }

    private void UseGiven(Projection projection)
    {
        for (var i = 0; i < 2; i++) Use(projection.Variable, projection.Position);
    }

    private void Use(string name, SourcePosition position) =>
        _uses[name] = _uses.TryGetValue(name, out var use) ? (use.Count + 1, use.First) : (1, position);
}
