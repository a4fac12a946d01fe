using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Finds rules whose conclusions nothing reads: neither somebody outside, nor a rule whose own conclusions are read. Rules
/// that only feed each other are among them.
/// </summary>
internal static class UseCheck
{
    public static void Run(RuleSet ruleSet, IReadOnlySet<Iri> outputs, Findings findings, CancellationToken cancellation)
    {
        var graph = DependencyGraph.Create(ruleSet.Rules, cancellation);
        var isRead = new bool[ruleSet.Rules.Length];
        var waiting = new Queue<int>();
        for (var rule = 0; rule < isRead.Length; rule++)
        {
            if (ruleSet.Rules[rule].Head.IsEmpty || !ruleSet.Rules[rule].Head.Any(template => IsOutput(template, outputs))) continue;
            isRead[rule] = true;
            waiting.Enqueue(rule);
        }

        while (waiting.TryDequeue(out var rule))
        {
            findings.ThrowIfCancelled();
            foreach (var dependency in graph.DependenciesOf(rule))
            {
                if (isRead[dependency.To]) continue;
                isRead[dependency.To] = true;
                waiting.Enqueue(dependency.To);
            }
        }

        var readers = Readers(graph, isRead);
        for (var rule = 0; rule < isRead.Length; rule++)
        {
            if (isRead[rule] || ruleSet.Rules[rule].Origin.Length > 0) continue;
            var conclusion = ruleSet.Rules[rule].Head.IsEmpty ? "It has no conclusion" : $"{{ {findings.Write(ruleSet.Rules[rule].Head[0])} }}";
            var reason = readers[rule] is { } reader
                ? $"only {(reader == rule ? "it itself" : findings.Other(ruleSet.Rules[reader]))} reads {conclusion}, and nothing reads what comes of that"
                : $"no rule, shape, feature or output reads {conclusion}";
            findings.Warn(ruleSet.Rules[rule].Position, DiagnosticCodes.UnusedRule,
                $"{Findings.Capital(findings.This(ruleSet.Rules[rule]))} serves nothing: {reason}; remove it, read its conclusion, or declare it as an output.");
        }
    }

    /// <summary>For each rule that is not read the first that reads it all the same, another before itself.</summary>
    private static int?[] Readers(DependencyGraph graph, bool[] isRead)
    {
        var readers = new int?[isRead.Length];
        for (var rule = 0; rule < isRead.Length; rule++)
        {
            foreach (var dependency in graph.DependenciesOf(rule))
            {
                if (!isRead[dependency.To] && (readers[dependency.To] is null || readers[dependency.To] == dependency.To)) readers[dependency.To] = rule;
            }
        }

        return readers;
    }

    // What may be of any predicate, or of any class, may be read.
    private static bool IsOutput(TriplePattern template, IReadOnlySet<Iri> outputs) => template.Predicate switch
    {
        ConstantTerm { Term: Iri predicate } when predicate == RdfVocabulary.Type =>
            template.Object is not ConstantTerm { Term: Iri type } || outputs.Contains(type) || outputs.Contains(predicate),
        ConstantTerm { Term: Iri predicate } => outputs.Contains(predicate),
        _ => true,
    };
}
