using System.Collections.Immutable;
using Reasoner.Experts;
using Reasoner.Inference;
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
            return Rows(path, TableReader.Read(path, schema, Path.GetFileName(path), cancellation));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>The rows that have an outcome, as features read off the graph after the rules have run.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told the number of rows read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DomainException">The domain declares no features or labels, a row cannot be used, or none has an outcome.</exception>
    public static IReadOnlyList<LabelledRow> ReadFeatures(Domain domain, string path, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
        [.. ReadAll(domain, path, progress, cancellation).Select(each => each.Row)];

    /// <summary>The rows that have an outcome, each as it was given and as features.</summary>
    internal static ImmutableArray<LabelledCase> ReadAll(Domain domain, string path, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (domain.Features.Schema is null || domain.Manifest.Label is null)
            throw new DomainException($"The domain {domain.Name} declares no features or no label; add them to its manifest to train a model.");
        var pipeline = new DecisionPipeline(domain);
        var rows = ImmutableArray.CreateBuilder<LabelledCase>();
        foreach (var input in Read(domain, path, cancellation))
        {
            var (materialization, subject) = Represent(pipeline, input, path, cancellation);
            if (OutcomeOf(domain, materialization.Graph, subject) is not { } outcome) continue;
            rows.Add(new LabelledCase(input, new LabelledRow(domain.Features.Read(materialization.Graph, subject), outcome.Value)));
            progress?.Report(rows.Count);
        }

        return rows.Count > 0 ? rows.ToImmutable() : throw new DomainException($"{path}: error: no row has an outcome; training needs labelled cases.");
    }

    /// <summary>The file's rows; what goes wrong on the way is a problem of the file.</summary>
    private static IEnumerable<CaseInput> Rows(string path, IEnumerable<TableRow> table)
    {
        using var rows = table.GetEnumerator();
        while (true)
        {
            try
            {
                if (!rows.MoveNext()) yield break;
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                throw Unreadable(path, exception);
            }

            yield return CaseInput.OfRow(rows.Current);
        }
    }

    private static bool IsUnreadable(Exception exception) => exception is IOException or UnauthorizedAccessException or TableFormatException;

    private static DomainException Unreadable(string path, Exception exception) => new(
        exception is TableFormatException ? exception.Message : $"{path}: error: the file cannot be read: {exception.Message}", exception);

    private static (Materialization Materialization, int Subject) Represent(
        DecisionPipeline pipeline, CaseInput input, string path, CancellationToken cancellation)
    {
        try
        {
            return pipeline.Represent(input, cancellation);
        }
        catch (CaseRefusedException exception)
        {
            throw new DomainException($"{path}: error: {exception.Message}\nCorrect the row or leave it out.", exception);
        }
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

    /// <summary>The answers' scores as decisions make them of a proposal, in the manifest's order.</summary>
    internal static double[] ScoresOf(Domain domain, Proposal proposal) =>
        [.. domain.Answers.Select((answer, place) => Math.Round(
            place == domain.Terms.Fallback ? domain.Manifest.Fallback!.Score : proposal.ProbabilityOf(answer.Value), 6))];

    /// <summary>The likeliest of the answers that labels stand for; of equals the manifest's first.</summary>
    internal static int Likeliest(Domain domain, double[] scores) => AnswersOf(domain).MaxBy(answer => scores[answer]);

    /// <summary>The places of the answers that labels stand for, in order; the domain declares labels.</summary>
    internal static IReadOnlyList<int> AnswersOf(Domain domain) =>
        [.. domain.Manifest.Label!.Answers.Values.Distinct().Select(answer => domain.Manifest.Answers.IndexOf(answer)).Order()];

    /// <summary>The best answer that is not rejected, of equals the manifest's first, as in decisions; <see cref="AnswerTally.None"/> where all are.</summary>
    internal static int BestLeft(double[] scores, bool[] rejected)
    {
        var left = Enumerable.Range(0, scores.Length).Where(answer => !rejected[answer]).ToList();
        return left.Count == 0 ? AnswerTally.None : left.MaxBy(answer => scores[answer]);
    }
}

/// <summary>A labelled case, as it was given and as features.</summary>
internal sealed record LabelledCase(CaseInput Input, LabelledRow Row);
