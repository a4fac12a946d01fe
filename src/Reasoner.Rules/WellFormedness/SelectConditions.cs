using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The conditions that a SELECT must meet (SPARQL 1.2 Query, "Aggregate Projection Restrictions" and notes 12 and 13 of the
/// grammar): what it gives and compares is grouped or aggregated, what it groups and aggregates is bound inside, and AS names
/// a variable that is new inside.
/// </summary>
internal static class SelectConditions
{
    /// <summary>Adds the violations.</summary>
    /// <param name="select">The SELECT.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="inner">The variables that its WHERE binds.</param>
    /// <param name="outer">The variables that are bound before it: it does not see them.</param>
    /// <param name="diagnostics">What is found.</param>
    public static void Check(
        SubSelectElement select,
        string rule,
        HashSet<string> inner,
        HashSet<string> outer,
        ImmutableArray<Diagnostic>.Builder diagnostics)
    {
        foreach (var variable in select.GroupBy) CheckBound(variable, "GROUP BY");
        foreach (var aggregate in select.Aggregates.Where(aggregate => aggregate.Argument is not null))
            foreach (var use in aggregate.Argument!.VariableUses()) CheckBound(use, Aggregates.NameOf(aggregate.Aggregate));

        var grouped = select.GroupBy.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (variable, expression, position) in select.Projections)
        {
            if (expression is null)
            {
                CheckGrouped(new VariableExpression(variable, position), "SELECT gives");
                if (!named.Add(variable)) ReportTaken(variable, position, $"SELECT gives ?{variable} twice");
                continue;
            }

            foreach (var use in expression.VariableUsesOutsideAggregates()) CheckGrouped(use, "SELECT uses");
            if (inner.Contains(variable) || !named.Add(variable)) ReportTaken(variable, position, $"AS names ?{variable}, which has a value in the SELECT already");
            grouped.Add(variable);
        }

        foreach (var use in select.Having.SelectMany(condition => condition.VariableUsesOutsideAggregates())) CheckGrouped(use, "HAVING uses");

        void CheckBound(VariableExpression use, string element)
        {
            if (inner.Contains(use.Name)) return;
            Report(use.Position, DiagnosticCodes.UnboundInSelect,
                $"{element} uses ?{use.Name} in rule {rule}, which the SELECT's WHERE does not bind{Advice(use.Name)}; match it in WHERE.");
        }

        void CheckGrouped(VariableExpression use, string element)
        {
            if (grouped.Contains(use.Name)) return;
            var advice = inner.Contains(use.Name)
                ? $"which is neither in GROUP BY nor inside an aggregate; add it to GROUP BY, or aggregate it, such as MAX(?{use.Name})"
                : $"which its WHERE does not bind{Advice(use.Name)}; match it in WHERE and add it to GROUP BY";
            Report(use.Position, DiagnosticCodes.NotGrouped, $"{element} ?{use.Name} in rule {rule}, {advice}.");
        }

        void ReportTaken(string variable, SourcePosition position, string problem) =>
            Report(position, DiagnosticCodes.AlreadyBound, $"{problem} in rule {rule}; use a new name.");

        string Advice(string variable) =>
            outer.Contains(variable) ? " (a SELECT does not see what is bound outside it)" : WellFormedness.Advice(variable, inner);

        void Report(SourcePosition position, string code, string message) =>
            diagnostics.Add(new Diagnostic(position, Severity.Error, code, message));
    }
}
