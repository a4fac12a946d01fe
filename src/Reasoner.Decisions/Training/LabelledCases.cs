using System.Collections.Immutable;
using Reasoner.Experts;
using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>Reads tables of cases by a domain's table forms.</summary>
public static class LabelledCases
{
    /// <summary>The rows of a table, each a case of its own.</summary>
    /// <param name="domain">The domain, one of whose table forms the file's header fits.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DomainException">The file cannot be read, or its header fits no table of the domain.</exception>
    public static IEnumerable<CaseInput> Read(Domain domain, string path, CancellationToken cancellation = default)
    {
        try
        {
            var schema = domain.Tables.FirstOrDefault(table => TableReader.Fits(path, table))
                ?? throw new DomainException($"{path}:1:1: error: the columns fit no table of the domain {domain.Name}: {Expected(domain)}.");
            return TableReader.Read(path, schema, Path.GetFileName(path), cancellation).Select(CaseInput.OfRow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DomainException($"{path}: error: the file cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The rows that have an outcome, as features read off the graph after the rules have run.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the number of rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DomainException">The domain declares no features or labels, or no row has an outcome.</exception>
    public static IReadOnlyList<LabelledRow> ReadFeatures(Domain domain, string path, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (domain.Features.Schema is null || domain.Manifest.Label is null)
            throw new DomainException($"The domain {domain.Name} declares no features or no label; add them to its manifest to train a model.");
        var pipeline = new DecisionPipeline(domain);
        var rows = ImmutableArray.CreateBuilder<LabelledRow>();
        foreach (var input in Read(domain, path, cancellation))
        {
            var (materialization, subject) = pipeline.Represent(input, cancellation);
            if (OutcomeOf(domain, materialization.Graph, subject) is not { } outcome) continue;
            rows.Add(new LabelledRow(domain.Features.Read(materialization.Graph, subject), outcome.Value));
            progress?.Report(rows.Count);
        }

        return rows.Count > 0 ? rows.ToImmutable() : throw new DomainException($"{path}: error: no row has an outcome; training needs labelled cases.");
    }

    private static string Expected(Domain domain) =>
        domain.Tables.IsEmpty ? "it has none" : string.Join("; or ", domain.Tables.Select(table => $"{table.Name} expects {string.Join(",", table.ColumnNames)}"));

    /// <summary>The answer that proved right for a labelled case; null where it has no outcome.</summary>
    internal static Iri? OutcomeOf(Domain domain, KnowledgeGraph graph, int subject)
    {
        if (domain.Manifest.Label is not { } label) return null;
        foreach (var value in graph.ObjectsOf(subject, domain.Terms.Outcome))
        {
            var lexicalForm = graph.Terms[value] is Literal literal ? literal.LexicalForm : DecisionPipeline.Name(graph.Terms[value]);
            if (label.Answers.TryGetValue(lexicalForm, out var answer)) return domain.Manifest.Expand(answer);
        }

        return null;
    }
}
