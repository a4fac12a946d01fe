using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary>
/// Tells people which facts contradict the ontology: who, what in plain words, the axiom's position, and the command that
/// shows the proof. What follows is written all the same; an inconsistent graph is a finding, not a failure.
/// </summary>
internal sealed class InconsistencyReport
{
    private const int MaximumShown = 10;
    private readonly List<(Fact Fact, Rule Rule)> _found = [];
    private readonly KnowledgeGraph _graph;

    /// <summary>Finds the contradictions that were derived. Of what is the same, one is enough.</summary>
    public InconsistencyReport(Materialization materialization)
    {
        _graph = materialization.Graph;
        var property = _graph.Terms.Find(OwlContradiction.Property);
        if (property == 0 || _graph.OwnRelation(property) is not { } relation) return;
        for (var row = 0; row < relation.Count; row++)
        {
            if (!KnowledgeGraph.IsDerived(relation.OriginOf(row))) continue;
            var rule = materialization.Program.RuleSet.Rules[relation.OriginOf(row)];
            if (EqualityRules.KindOf(rule) is null) _found.Add((new Fact(relation.Subjects[row], property, relation.Objects[row]), rule));
        }
    }

    /// <summary>How many contradictions there are.</summary>
    public int Count => _found.Count;

    /// <summary>Writes them, at most ten, in the order in which they were found.</summary>
    public void Write(TextWriter error, Notation notation, InferenceRequest request)
    {
        foreach (var (fact, rule) in _found.Take(MaximumShown))
        {
            var triple = _graph.ToTriple(fact);
            var name = (triple.Object as Literal)?.LexicalForm ?? "";
            var meaning = OwlContradiction.MeaningOf(name) is { } known ? $"{known} ({name}, {rule.Position})" : $"is inconsistent: {notation.Write(triple.Object)} by {RuleLabel.Of(rule, notation)}";
            error.WriteLine($"inconsistent: {notation.Write(triple.Subject)} {meaning}");
            error.WriteLine($"  proof: {ProveCommandLine(triple, request)}");
        }

        if (Count > MaximumShown) error.WriteLine($"inconsistent: {Count - MaximumShown} more; see {OwlContradiction.Property} in what follows.");
    }

    private static string ProveCommandLine(Triple fact, InferenceRequest request)
    {
        var parts = new List<string> { "reasoner", "prove" };
        foreach (var (option, files) in new[] { ("--rules", request.Rules), ("--data", request.Data), ("--ontology", request.Ontology) })
        {
            if (files.Count == 0) continue;
            parts.Add(option);
            parts.AddRange(files.Select(Quote));
        }

        parts.Add("--fact");
        parts.Add(Quote($"{fact.Subject} {fact.Predicate} {fact.Object}"));
        return string.Join(' ', parts);
    }

    // For POSIX shells.
    private static string Quote(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:@,=%".Contains(c, StringComparison.Ordinal))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
