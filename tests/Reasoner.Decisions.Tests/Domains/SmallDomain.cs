using Reasoner.Decisions;

namespace Reasoner.Testing;

/// <summary>A small domain in a folder of its own, which each test changes as it needs: who may enter a club.</summary>
internal sealed class SmallDomain : IDisposable
{
    public const string Prefixes = """
        PREFIX c: <urn:club#>
        PREFIX rsn: <urn:reasoner:ns#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX dcterms: <http://purl.org/dc/terms/>

        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reasoner-domain-");

    public SmallDomain()
    {
        Write("ontologies/club/domain.json", ManifestWith());
        Write("ontologies/club/ontology.ttl", Prefixes + Ontology);
        Write("ontologies/club/context.jsonld", """{ "@context": { "@vocab": "urn:club#" } }""");
        Write("ontologies/club/sample.json", """{ "@type": "Visit", "fee": 3 }""");
        Write("rules/club/door.srl", Prefixes + Rules);
        Directory.CreateDirectory(PathOf("rules/club/cases"));
    }

    /// <summary>The ontology's triples without prefixes; a visit has a fee, a guest with an age, which is protected.</summary>
    public static string Ontology => """
        c:Visit a owl:Class . c:Guest a owl:Class . c:Member a owl:Class .
        c:fee a owl:DatatypeProperty . c:guest a owl:ObjectProperty . c:paid a owl:DatatypeProperty .
        c:age a owl:DatatypeProperty ; rsn:protected true .
        c:tier a owl:ObjectProperty . c:Gold a c:Tier . c:Tier a owl:Class .
        c:Enter a rsn:Answer ; rdfs:label "enter" . c:Leave a rsn:Answer ; rdfs:label "leave" .
        c:FeePaid a rsn:Constraint ; rdfs:label "fee paid" . c:FeeDue a rsn:Constraint ; rdfs:label "fee due" .

        """;

    /// <summary>Two rules: a fee opens the door, no fee closes it.</summary>
    public static string Rules => """
        DATA { c:has-paid rdfs:label "Paid" ; rsn:code "C1" ; rsn:because "{fee} was paid" ; dcterms:source c:house-rules }
        RULE c:has-paid { ?visit c:paid true } WHERE { ?visit c:fee ?fee . FILTER(?fee > 0) }

        DATA { c:fee-paid rdfs:label "Who paid stays" ; rsn:code "C2" ; rsn:because "the fee is paid" ; dcterms:source c:house-rules }
        RULE c:fee-paid { ?candidate rsn:violates c:FeePaid } WHERE { ?candidate rsn:about ?visit ; rsn:answer c:Leave . ?visit c:paid true }

        DATA { c:fee-due rdfs:label "Nobody enters unpaid" ; rsn:code "C3" ; rsn:because "no fee is paid" ; dcterms:source c:house-rules }
        RULE c:fee-due { ?candidate rsn:violates c:FeeDue }
        WHERE { ?candidate rsn:about ?visit ; rsn:answer c:Enter . NOT { ?visit c:paid true } }

        """;

    public string Manifest => PathOf("ontologies/club/domain.json");

    /// <summary>The manifest, with more settings.</summary>
    public static string ManifestWith(string settings = "") => $$"""
        {
          "name": "club",
          "title": "Club door",
          "prefixes": { "c": "urn:club#", "rsn": "urn:reasoner:ns#" },
          "subjectClass": "c:Visit",
          "answers": ["c:Enter", "c:Leave"],
          "ontology": ["ontology.ttl"],
          "context": "context.jsonld",
          "rules": ["../../rules/club"],
          "cases": "../../rules/club/cases",
          "sampleCase": "sample.json"{{(settings.Length > 0 ? "," : "")}}
          {{settings}}
        }
        """;

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    public SmallDomain Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
        return this;
    }

    /// <summary>Adds rules to the domain's own.</summary>
    public SmallDomain AddRules(string rules) => Write("rules/club/more.srl", Prefixes + rules);

    /// <summary>Adds triples to the ontology.</summary>
    public SmallDomain AddOntology(string triples) => Write("ontologies/club/ontology.ttl", Prefixes + Ontology + triples);

    public Domain Load() => Domain.Load(Manifest);

    public void Dispose() => _root.Delete(recursive: true);
}
