using System.Security.Cryptography;
using System.Text;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>
/// Sees to it that a request sent twice decides once (the HTTP working group's draft on the Idempotency-Key header). Which
/// decision a key led to is kept with the decision; here is only which keys are in work. Failures are not remembered: the
/// same request may be tried again.
/// </summary>
internal sealed class IdempotencyKeys(IDecisionStore store)
{
    private const int MaxKeyLength = 255;
    private readonly HashSet<(string Domain, string Key)> _inWork = [];
    private readonly Lock _lock = new();

    /// <summary>Claims a key for a request. The claim holds the earlier decision, or waits for the one to come.</summary>
    /// <exception cref="ProblemException">The key is in work, was used for another request, or is none.</exception>
    /// <exception cref="StorageException">Whether it was used cannot be found out.</exception>
    public async ValueTask<IdempotencyClaim> ClaimAsync(string domain, string key, CaseInput input, DecisionOptions choice, CancellationToken cancellation)
    {
        if (key.Length is 0 or > MaxKeyLength || key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw ProblemKind.MalformedRequest.Refuse($"An idempotency key has 1 to {MaxKeyLength} printable ASCII characters.");
        var claim = new IdempotencyClaim(this, new IdempotencyKey(domain, key, Fingerprint(input, choice)));
        if (await store.FindByKeyAsync(domain, key, cancellation) is { } earlier)
        {
            claim.Settle(earlier);
            return claim;
        }

        // A decision that was kept since is found when this one is to be kept.
        return claim.TryHold()
            ? claim
            : throw ProblemKind.KeyInUse.Refuse("The first request with this idempotency key is not answered yet; try again in a moment.");
    }

    internal bool TryHold(IdempotencyKey key)
    {
        lock (_lock) return _inWork.Add((key.Domain, key.Key));
    }

    internal void Release(IdempotencyKey key)
    {
        lock (_lock) _inWork.Remove((key.Domain, key.Key));
    }

    private static string Fingerprint(CaseInput input, DecisionOptions choice)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{input.MediaType} {choice.Explanation} {choice.Effort}{string.Concat(choice.Why.Select(slot => $"\0{slot}"))}\n"));
        hash.AppendData(input.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A request's claim to an idempotency key: the decision that it led to earlier, or a hold on it until the claim is disposed.</summary>
internal sealed class IdempotencyClaim(IdempotencyKeys keys, IdempotencyKey key) : IDisposable
{
    private bool _holds;

    /// <summary>The key with the request's fingerprint.</summary>
    public IdempotencyKey Key { get; } = key;

    /// <summary>The decision that the key led to earlier; null where it is still to be made.</summary>
    public StoredDecision? Earlier { get; private set; }

    /// <summary>Takes what is kept for the key.</summary>
    /// <exception cref="ProblemException">It was made for another request.</exception>
    public StoredDecision Settle(KeptDecision kept) => kept.Fingerprint == Key.Fingerprint
        ? Earlier = kept.Decision
        : throw ProblemKind.KeyReused.Refuse("This idempotency key stands for a request with another body or query; take a new key.");

    /// <summary>Holds the key; false where another request holds it.</summary>
    internal bool TryHold() => _holds = keys.TryHold(Key);

    public void Dispose()
    {
        if (_holds) keys.Release(Key);
    }
}
