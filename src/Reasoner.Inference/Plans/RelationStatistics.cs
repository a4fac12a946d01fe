using Reasoner.Knowledge;

namespace Reasoner.Inference;

/// <summary>What is known of a relation's sizes when a plan is made: it guides the order of patterns.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="RowsOfSubject">How many a subject has on average.</param>
/// <param name="RowsOfObject">How many an object has on average; guessed as the root of all where no index tells.</param>
internal readonly record struct RelationStatistics(double Rows, double RowsOfSubject, double RowsOfObject)
{
    /// <summary>Few rows may become many while rules are evaluated.</summary>
    private const double FewestRows = 16;

    /// <summary>What is assumed of a pattern that asks for any predicate.</summary>
    public static readonly RelationStatistics OfAny = new(1e7, 56, 3162);

    /// <summary>The statistics of a predicate's facts, base and own.</summary>
    public static RelationStatistics Of(KnowledgeGraph graph, int predicate)
    {
        var (own, inherited) = (graph.OwnRelation(predicate), graph.BaseRelation(predicate));
        double rows = (own?.Count ?? 0) + (inherited?.Count ?? 0);
        if (rows < FewestRows) return new RelationStatistics(FewestRows, 2, 4);
        double subjects = Math.Max(own?.DistinctSubjects ?? 0, inherited?.DistinctSubjects ?? 0);
        double objects = Math.Max(own?.DistinctObjects ?? 0, inherited?.DistinctObjects ?? 0);
        return new RelationStatistics(rows, rows / Math.Max(1, subjects), objects > 0 ? rows / objects : Math.Sqrt(rows));
    }
}
