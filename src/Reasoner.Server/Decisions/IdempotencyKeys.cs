using System.Security.Cryptography;
using System.Text;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>
/// Remembers which decision a client's key led to, so that a request sent twice decides once (the HTTP working group's
/// draft on the Idempotency-Key header). Failures are not remembered: the same request may be tried again.
/// </summary>
internal sealed class IdempotencyKeys(ServerOptions options)
{
    private const int MaxKeyLength = 255;
    private readonly BoundedMap<KeyedDecision> _decided = new(options.KeptIdempotencyKeys, options.KeptIdempotencyBytes);
    private readonly HashSet<string> _inWork = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Claims a key for a request. The claim holds the earlier decision, or waits for the one to come.</summary>
    /// <exception cref="ProblemException">The key is in work, was used for another request, or is none.</exception>
    public IdempotencyClaim Claim(string domain, string key, CaseInput input, DecisionOptions choice)
    {
        if (key.Length is 0 or > MaxKeyLength || key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw ProblemKind.MalformedRequest.Refuse($"An idempotency key has 1 to {MaxKeyLength} printable ASCII characters.");
        var scoped = $"{domain} {key}";
        var fingerprint = Fingerprint(input, choice);
        lock (_lock)
        {
            if (_decided.TryGet(scoped, out var earlier))
            {
                return earlier.Fingerprint == fingerprint
                    ? new IdempotencyClaim(this, scoped, fingerprint) { Earlier = earlier.Decision }
                    : throw ProblemKind.KeyReused.Refuse("This idempotency key stands for a request with another body or query; take a new key.");
            }

            if (!_inWork.Add(scoped)) throw ProblemKind.KeyInUse.Refuse("The first request with this idempotency key is not answered yet; try again in a moment.");
            return new IdempotencyClaim(this, scoped, fingerprint);
        }
    }

    internal void Remember(string scoped, string fingerprint, StoredDecision decision)
    {
        lock (_lock)
        {
            _decided.Add(scoped, new KeyedDecision(fingerprint, decision), decision.Json.Length);
            _inWork.Remove(scoped);
        }
    }

    internal void Release(string scoped)
    {
        lock (_lock) _inWork.Remove(scoped);
    }

    private static string Fingerprint(CaseInput input, DecisionOptions choice)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{input.MediaType} {choice.Explanation} {choice.Effort}\n"));
        hash.AppendData(input.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record KeyedDecision(string Fingerprint, StoredDecision Decision);
}

/// <summary>A request's hold on an idempotency key. Disposing it without a decision lets the key go.</summary>
internal sealed class IdempotencyClaim(IdempotencyKeys keys, string scoped, string fingerprint) : IDisposable
{
    private bool _settled;

    /// <summary>The decision that the key led to earlier; null where it is still to be made.</summary>
    public StoredDecision? Earlier { get; init; }

    /// <summary>Ties the key to its decision.</summary>
    public void Settle(StoredDecision decision)
    {
        keys.Remember(scoped, fingerprint, decision);
        _settled = true;
    }

    public void Dispose()
    {
        if (!_settled && Earlier is null) keys.Release(scoped);
    }
}
