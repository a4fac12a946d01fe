using System.Text;

namespace Reasoner.Inference.Tests;

/// <summary>
/// Random ontologies, rules and data in which terms become equal in many ways: stated, by functional properties and keys, by
/// rules, before and after other facts about them are derived; individuals, classes, properties, blank nodes and values.
/// </summary>
internal sealed class RandomEquality(int seed)
{
    private const string Prefixes =
        "PREFIX : <http://example/> PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n";

    private static readonly string[] Properties = [":p", ":q", ":r", ":f", ":i", ":k"];
    private static readonly string[] Classes = [":A", ":B", ":C"];

    private readonly Random _random = new(seed);

    /// <summary>Turtle: axioms, some of which derive owl:sameAs.</summary>
    public string Ontology()
    {
        var text = new StringBuilder(Prefixes);
        text.Append(Pick(":f a owl:FunctionalProperty .\n", ":i a owl:InverseFunctionalProperty .\n", ":A owl:hasKey (:k) .\n", ":n0 owl:sameAs :n1 .\n"));
        for (var i = 2 + _random.Next(5); i > 0; i--) text.Append(Axiom()).Append(" .\n");
        return text.ToString();
    }

    /// <summary>SRL: rules that may be evaluated over representatives.</summary>
    public string Rules()
    {
        var text = new StringBuilder(Prefixes);
        for (var i = _random.Next(4); i > 0; i--) text.Append(Rule()).Append('\n');
        return text.ToString();
    }

    /// <summary>Turtle for some triples.</summary>
    public string Data(int count)
    {
        var text = new StringBuilder(Prefixes);
        for (var i = 0; i < count; i++) text.Append(Fact()).Append(" .\n");
        return text.ToString();
    }

    private string Axiom() => _random.Next(21) switch
    {
        0 => $"{Property()} a owl:FunctionalProperty",
        1 => $"{Property()} a owl:InverseFunctionalProperty",
        2 => $"{Class()} owl:hasKey ({Property()} {Property()})",
        3 => $"{Property()} a owl:TransitiveProperty",
        4 => $"{Property()} a owl:SymmetricProperty",
        5 => $"{Property()} rdfs:subPropertyOf {Pick(Properties)}",
        6 => $"{Property()} owl:inverseOf {Property()}",
        7 => $"{Property()} owl:propertyChainAxiom ({Property()} {Property()})",
        8 => $"{Property()} rdfs:domain {Class()}",
        9 => $"{Class()} rdfs:subClassOf {Class()}",
        10 => $"{Class()} rdfs:subClassOf [ owl:onProperty {Property()} ; owl:hasValue {Node()} ]",
        11 => $"[ owl:onProperty {Property()} ; owl:hasValue {Object()} ] rdfs:subClassOf {Class()}",
        12 => $"{Class()} rdfs:subClassOf [ owl:onProperty {Property()} ; owl:maxCardinality 1 ]",
        13 => $"{Class()} owl:disjointWith {Class()}",
        14 => $"[ owl:onProperty {Property()} ; owl:someValuesFrom <http://www.w3.org/2001/XMLSchema#integer> ] rdfs:subClassOf {Class()}",
        15 => $"{Class()} owl:oneOf ({Node()} {Node()})",
        16 => $"[ a owl:AllDifferent ; owl:distinctMembers ({Node()} {Node()} {Node()}) ]",
        17 => $"{Property()} rdfs:subPropertyOf owl:sameAs",
        18 => $"{Property()} a owl:IrreflexiveProperty",
        19 => $"{Property()} rdfs:range <http://www.w3.org/2001/XMLSchema#{Pick("byte", "date")}>",
        _ => $"{Node()} owl:sameAs {Node()}",
    };

    private string Rule() => _random.Next(12) switch
    {
        0 => $"RULE {{ ?x {Property()} ?y }} WHERE {{ ?x {Property()} ?y . ?y {Property()} ?x }}",
        1 => $"RULE {{ ?x {Property()} ?p }} WHERE {{ ?x ?p {Node()} }}",
        2 => $"RULE {{ ?x ?q ?y }} WHERE {{ ?x {Property()} ?y . ?p {Property()} ?q . ?x ?p ?y }}",
        3 => $"RULE {{ ?x owl:sameAs ?y }} WHERE {{ ?x {Property()} ?z . ?y {Property()} ?z FILTER(?x != ?y) }}",
        4 => $"RULE {{ ?x {Property()} ?n }} WHERE {{ ?x {Property()} ?n FILTER(?n < 2 || isLITERAL(?n) && ?n != 3) }}",
        5 => $"RULE {{ ?x {Property()} ?y }} WHERE {{ ?x owl:sameAs ?y }}",
        6 => $"RULE {{ ?x owl:sameAs ?y }} WHERE {{ ?x {Property()} ?y }}",
        7 => $"RULE {{ {Node()} {Property()} ?x }} WHERE {{ ?x a {Class()} }}",
        8 => $"RULE {{ ?x {Property()} ?y }} WHERE DATA {{ ?x {Property()} ?y NOT {{ ?y {Property()} ?x }} }}",
        9 => $"RULE {{ ?x {Property()} ?x }} WHERE {{ ?x ?x ?y }}",
        10 => $"RULE {{ ?x a ?c }} WHERE {{ ?x {Property()} ?c . {Node()} {Property()} ?c }}",
        _ => $"RULE {{ ?x {Property()} {Node()} . ?y a {Class()} }} WHERE {{ ?x {Property()} ?y . ?y {Property()} ?x }}",
    };

    private string Fact() => _random.Next(16) switch
    {
        0 or 1 => $"{Node()} owl:sameAs {Node()}",
        2 or 3 => $"{Node()} a {Class()}",
        4 => $"{Pick(Properties)} owl:sameAs {Pick(Properties)}",
        5 => $"{Pick(Classes)} owl:sameAs {Pick(":A", ":B", ":n0", ":D")}",
        6 when _random.Next(4) == 0 => $"{Node()} owl:sameAs {_random.Next(3)}",
        7 when _random.Next(4) == 0 => $":s owl:sameAs {Pick("owl:sameAs", ":p", "_:b0")}",
        8 => $"{Node()} {Property()} {Pick(Properties)}",
        9 => $"{Node()} :s {Node()}",
        10 => $"{Node()} owl:differentFrom {Node()}",
        _ => $"{Node()} {Property()} {Object()}",
    };

    private string Property() => _random.Next(12) == 0 ? ":s" : Pick(Properties);

    private string Class() => Pick(Classes);

    private string Node() => _random.Next(9) == 0 ? ":m" + _random.Next(3) : ":n" + _random.Next(5);

    private string Object() => _random.Next(8) switch
    {
        0 or 1 => _random.Next(4).ToString(System.Globalization.CultureInfo.InvariantCulture),
        2 => "_:b" + _random.Next(2),
        _ => Node(),
    };

    private string Pick(params string[] items) => items[_random.Next(items.Length)];
}
