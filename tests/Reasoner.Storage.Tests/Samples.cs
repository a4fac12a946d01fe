using System.Text;

namespace Reasoner.Storage.Tests;

/// <summary>Decisions as far as a store looks at them.</summary>
internal static class Samples
{
    public static StoredDecision Decision(string id, string domain = "lending") =>
        new(id, domain, Encoding.UTF8.GetBytes($"{{ \"id\": \"{id}\", \"text\": \"{string.Concat(Enumerable.Repeat(id, 50))}\" }}\n"));

    public static IdempotencyKey Key(string key, string fingerprint = "f", string domain = "lending") => new(domain, key, fingerprint);

    public static string Text(this StoredDecision decision) => Encoding.UTF8.GetString(decision.Json.Span);

    /// <summary>Keeps decisions d1, d2, ... one after another.</summary>
    public static async Task FillAsync(this DecisionLog log, int count)
    {
        for (var i = 1; i <= count; i++) await log.AppendAsync(Decision($"d{i}"), i % 2 == 0 ? Key($"k{i}") : null, CancellationToken.None);
    }
}
