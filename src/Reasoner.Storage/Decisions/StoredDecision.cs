using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Storage;

/// <summary>A decision as it was answered.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Domain">The record's domain.</param>
/// <param name="Json">The record as JSON in UTF-8, on one line or indented.</param>
public sealed record StoredDecision(string Id, string Domain, ReadOnlyMemory<byte> Json)
{
    /// <summary>The record.</summary>
    /// <exception cref="JsonException">The JSON is no record.</exception>
    public DecisionRecord ToRecord() =>
        JsonSerializer.Deserialize(Json.Span, DecisionJson.OneLine.DecisionRecord) ?? throw new JsonException("The record is null.");
}

/// <summary>A decision that is kept.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Fingerprint">The fingerprint of the request, where it had an idempotency key.</param>
/// <param name="IsNew">Whether it was kept just now, rather than earlier.</param>
public sealed record KeptDecision(StoredDecision Decision, string? Fingerprint, bool IsNew);

/// <summary>A client's name for a request, so that a request sent twice decides once.</summary>
/// <param name="Domain">The domain that the key belongs to.</param>
/// <param name="Key">The client's name.</param>
/// <param name="Fingerprint">A hash of the request, which tells whether a later one of the same key is the same.</param>
public sealed record IdempotencyKey(string Domain, string Key, string Fingerprint);
