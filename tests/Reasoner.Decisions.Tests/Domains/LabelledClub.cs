namespace Reasoner.Testing;

/// <summary>
/// The club door with a third answer, to ask somebody, and a table of visits that ended well or not. A fee opens the door, none
/// closes it, and a fee of exactly 1 rules both out.
/// </summary>
internal static class LabelledClub
{
    public const string Answers = """ "answers": ["c:Enter", "c:Leave", "c:Ask"] """;

    public const string Settings = """
        "tables": ["visits.csv-metadata.json"],
        "label": { "property": "c:outcome", "answers": { "in": "c:Enter", "out": "c:Leave" } },
        "fallback": { "answer": "c:Ask", "score": 0.05 }
        """;

    public static SmallDomain Create(string moreSettings = "", string moreOntology = "") => new SmallDomain()
        .Write("ontologies/club/domain.json", SmallDomain.ManifestWith(Settings + (moreSettings.Length > 0 ? "," + moreSettings : ""))
            .Replace("""  "answers": ["c:Enter", "c:Leave"]""", Answers, StringComparison.Ordinal))
        .AddOntology("c:Ask a rsn:Answer ; rdfs:label \"ask\" . c:outcome a owl:DatatypeProperty . c:kind a owl:ObjectProperty . c:Small a rsn:Constraint . " + moreOntology)
        .AddRules("RULE c:small { ?candidate rsn:violates c:Small } WHERE { ?candidate rsn:about ?visit ; rsn:answer c:Enter . ?visit c:fee 1 }")
        .Write("ontologies/club/visits.csv-metadata.json", """
            {
              "@context": "http://www.w3.org/ns/csvw",
              "url": "visits.csv",
              "tableSchema": {
                "aboutUrl": "urn:club:visit:{_row}",
                "columns": [
                  { "name": "fee", "titles": "fee", "datatype": "integer", "required": true, "propertyUrl": "urn:club#fee" },
                  { "name": "age", "titles": "age", "datatype": "integer", "aboutUrl": "urn:club:guest:{_row}", "propertyUrl": "urn:club#age" },
                  { "name": "kind", "titles": "kind", "datatype": "string", "propertyUrl": "urn:club#kind", "valueUrl": "urn:club#{kind}" },
                  { "name": "outcome", "titles": "outcome", "datatype": "string", "propertyUrl": "urn:club#outcome" },
                  { "name": "type", "virtual": true, "propertyUrl": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "valueUrl": "urn:club#Visit" },
                  { "name": "guest", "virtual": true, "propertyUrl": "urn:club#guest", "valueUrl": "urn:club:guest:{_row}" }
                ]
              }
            }
            """);

    /// <summary>Writes a table of visits: fee, age, kind, outcome.</summary>
    public static string Table(this SmallDomain club, params IEnumerable<string> rows)
    {
        club.Write("visits.csv", "fee,age,kind,outcome\n" + string.Join('\n', rows) + "\n");
        return club.PathOf("visits.csv");
    }
}
