using System.Globalization;
using System.Text.Json.Nodes;
using Reasoner.Decisions;

namespace Reasoner.Benchmarks;

/// <summary>
/// The lending domain with more to know: groups of companies with owners, stakes, employers and people, some of them in
/// distress or on a watch list, so that the rules' own predicates grow and rules conclude about them.
/// </summary>
internal static class LendingWorld
{
    private const int CompaniesInGroup = 4;
    private const int FactsInGroup = 48;

    /// <summary>Loads the domain with at least so many triples of background; none leaves it as it stands.</summary>
    public static Domain Load(int triples)
    {
        var folder = Directory.CreateTempSubdirectory("reasoner-benchmarks").FullName;
        try
        {
            foreach (var part in (string[])["ontologies", "rules"]) Copy(Path.Combine(Repository.Root, part), Path.Combine(folder, part));
            var lending = Path.Combine(folder, "ontologies", "lending");
            File.WriteAllLines(Path.Combine(lending, "data", "background.ttl"), Enumerable.Range(0, (triples + FactsInGroup - 1) / FactsInGroup).SelectMany(Group).Prepend(Prefixes));
            var manifest = Path.Combine(lending, "domain.json");
            var json = JsonNode.Parse(File.ReadAllText(manifest))!;
            json["data"]!.AsArray().Add("data/background.ttl");
            File.WriteAllText(manifest, json.ToJsonString());
            return Domain.Load(manifest);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private const string Prefixes = "@prefix lend: <urn:reasoner:lending#> .\n@prefix b: <urn:benchmark:> .";

    /// <summary>A holding, what it controls, who owns a part of it and who works there.</summary>
    private static IEnumerable<string> Group(int number)
    {
        string Name(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"b:{kind}{number}-{index}");
        for (var i = 0; i < CompaniesInGroup; i++)
        {
            var standing = (number + i) % 20 == 0 ? "lend:Restructuring" : "lend:Sound";
            yield return $"{Name("c", i)} a lend:Employer ; lend:outstanding {(number * 37 % 90) * 500} ; lend:employerStanding {standing} .";
            if (number % 50 == 0 && i == 1) yield return $"{Name("c", i)} lend:listedOn lend:FictitiousWatchList .";
            if (i > 0) yield return Stake(Name("c", i - 1), Name("s", i), Name("c", i), 51 + (number % 40));
            yield return $"{Name("p", i)} a lend:Person ; lend:employer {Name("c", i)} .";
            yield return Stake(Name("p", i), Name("t", i), Name("c", i), 5 + (number % 15));
        }
    }

    private static string Stake(string owner, string stake, string owned, int share) =>
        string.Create(CultureInfo.InvariantCulture, $"{stake} a lend:Stake ; lend:owner {owner} ; lend:owned {owned} ; lend:sharePercent {share} .");

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
