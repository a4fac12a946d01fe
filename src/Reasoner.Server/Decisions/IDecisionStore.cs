using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>Where decisions are kept. Safe for any number of threads.</summary>
public interface IDecisionStore
{
    /// <summary>Keeps a decision.</summary>
    ValueTask AddAsync(StoredDecision decision, CancellationToken cancellation);

    /// <summary>Finds a decision; null where there is none of that id, or none any more.</summary>
    ValueTask<StoredDecision?> FindAsync(string id, CancellationToken cancellation);
}

/// <summary>A decision as it was answered.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Json">The record as JSON in UTF-8, on one line or indented.</param>
public sealed record StoredDecision(string Id, ReadOnlyMemory<byte> Json)
{
    /// <summary>The record.</summary>
    /// <exception cref="JsonException">The JSON is no record.</exception>
    public DecisionRecord ToRecord() =>
        JsonSerializer.Deserialize(Json.Span, DecisionJson.OneLine.DecisionRecord) ?? throw new JsonException("The record is null.");
}
