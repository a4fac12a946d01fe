using System.Globalization;
using Reasoner.Testing;

namespace Reasoner.Decisions.Tests;

/// <summary>
/// A random domain with four properties that may change, by rules with thresholds, sums, NOT in two strata, and in some of them scores
/// and shapes; and what the changes cost, said once more beside the manifest.
/// </summary>
internal sealed class RandomDoor : IDisposable
{
    private readonly SmallDomain _files = new();

    public RandomDoor(int seed)
    {
        var random = new Random(seed);
        string[] conditions =
        [
            $"?v c:a ?a . FILTER(?a > {random.Next(6)})",
            $"?v c:a ?a . FILTER(?a < {random.Next(6)})",
            $"?v c:k c:K{random.Next(4)}",
            $"?v c:k c:K{random.Next(4)} ; c:b ?b . FILTER(?b < {random.Next(8)})",
            $"?v c:sum ?s . FILTER(?s > {random.Next(10)})",
            $"?v c:guest/c:level ?l . FILTER(?l > {random.Next(5)})",
            $"?v c:a ?a ; c:guest/c:level ?l . FILTER(?l > ?a)",
        ];
        var rules = new List<string> { "RULE c:r-sum { ?v c:sum ?s } WHERE { ?v c:a ?a ; c:b ?b . SET(?s := ?a + ?b) }" };
        for (var flag = 0; flag < 3; flag++)
            rules.Add($"RULE c:r-flag{flag} {{ ?v c:flag c:F{flag} }} WHERE {{ {conditions[random.Next(conditions.Length)]} }}");
        rules.Add($"RULE c:r-safe {{ ?v c:safe true }} WHERE {{ ?v c:k ?k . NOT {{ ?v c:flag c:F{random.Next(3)} }} }}");
        string[] verdicts = ["?v c:flag c:F0", "?v c:flag c:F1", "?v c:flag c:F2", "?v c:safe true", "NOT { ?v c:safe true }", "NOT { ?v c:flag c:F1 }"];
        for (var i = 0; i < 3; i++)
            rules.Add($"RULE c:r-enter{i} {{ ?c rsn:violates c:No{i} }} WHERE {{ ?c rsn:about ?v ; rsn:answer c:Enter . {verdicts[random.Next(verdicts.Length)]} }}");
        rules.Add($"RULE c:r-leave {{ ?c rsn:violates c:No3 }} WHERE {{ ?c rsn:about ?v ; rsn:answer c:Leave . {verdicts[random.Next(verdicts.Length)]} }}");
        if (random.Next(2) == 0)
            rules.Add($"RULE c:r-score {{ ?c rsn:violates c:No4 }} WHERE {{ ?c rsn:about ?v ; rsn:answer c:Enter ; rsn:score ?p . {conditions[random.Next(conditions.Length)].Replace("FILTER(", "FILTER(?p > 0.2 && ", StringComparison.Ordinal)} }}");

        (CostA, CostB, CostK, CostLevel) = (random.Next(1, 5), random.Next(1, 5), random.Next(1, 9), random.Next(1, 5));
        var shape = random.Next(2) == 0 ? "\"shapes\": [\"shapes.ttl\"]," : "";
        _files.Write("ontologies/club/domain.json", SmallDomain.ManifestWith($$"""
            {{shape}}
            "counterfactuals": { "changes": [
              { "path": "c:a", "direction": "both", "step": 1, "minimum": 0, "maximum": 6, "cost": {{CostA}} },
              { "path": "c:b", "direction": "up", "step": 2, "maximum": 9, "steps": 3, "cost": {{CostB}} },
              { "path": "c:k", "to": [ { "value": "c:K0", "cost": {{CostK}} }, { "value": "c:K2", "from": ["c:K1", "c:K3"], "cost": {{CostK + 1}} } ] },
              { "path": "c:guest/c:level", "direction": "down", "step": 1, "minimum": 1, "cost": {{CostLevel}} }
            ] }
            """));
        _files.AddOntology("""
            c:a a owl:DatatypeProperty . c:b a owl:DatatypeProperty . c:k a owl:ObjectProperty . c:level a owl:DatatypeProperty .
            c:sum a owl:DatatypeProperty . c:flag a owl:ObjectProperty . c:safe a owl:DatatypeProperty .
            """);
        _files.Write("ontologies/club/shapes.ttl", """
            @prefix c: <urn:club#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
            c:Shape a sh:NodeShape ; sh:targetClass c:Visit ; sh:property [ sh:path c:a ; sh:maxInclusive 4 ] , [ sh:path c:b ; sh:maxInclusive 6 ] .
            """);
        _files.Write("rules/club/door.srl", SmallDomain.Prefixes + string.Join('\n', rules));
        Values = (random.Next(5), random.Next(6), random.Next(4), random.Next(1, 6));
    }

    public int CostA { get; }

    public int CostB { get; }

    public int CostK { get; }

    public int CostLevel { get; }

    /// <summary>What the case says.</summary>
    public (int A, int B, int K, int Level) Values { get; }

    public Domain Load() => _files.Load();

    public static CaseInput Case((int A, int B, int K, int Level) values) => CaseInput.OfJson(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
        { "@id": "urn:v", "@type": "Visit", "a": {{values.A}}, "b": {{values.B}}, "k": { "@id": "urn:club#K{{values.K}}" },
          "guest": { "@id": "urn:g", "@type": "Guest", "level": {{values.Level}} } }
        """)));

    /// <summary>Every way to change up to three properties, written down without the search's own code.</summary>
    public IEnumerable<((int A, int B, int K, int Level) Values, string Changed, int Cost)> Everything()
    {
        var (a, b, k, level) = Values;
        for (var nextA = 0; nextA <= 6; nextA++)
        {
            foreach (var nextB in NextB(b))
            {
                foreach (var nextK in NextK(k))
                {
                    for (var nextLevel = 1; nextLevel <= level; nextLevel++)
                    {
                        var changed = (nextA == a ? "" : "a") + (nextB.Value == b ? "" : "b") + (nextK.Value == k ? "" : "k") + (nextLevel == level ? "" : "l");
                        if (changed.Length is 0 or > 3) continue;
                        yield return ((nextA, nextB.Value, nextK.Value, nextLevel), changed, (Math.Abs(nextA - a) * CostA) + nextB.Cost + nextK.Cost + ((level - nextLevel) * CostLevel));
                    }
                }
            }
        }
    }

    public void Dispose() => _files.Dispose();

    private IEnumerable<(int Value, int Cost)> NextB(int b)
    {
        yield return (b, 0);
        var next = (b / 2 * 2) + 2;
        for (var taken = 1; taken <= 3 && next <= 9; taken++, next += 2) yield return (next, taken * CostB);
    }

    private IEnumerable<(int Value, int Cost)> NextK(int k)
    {
        yield return (k, 0);
        if (k != 0) yield return (0, CostK);
        if (k is 1 or 3) yield return (2, CostK + 1);
    }
}
