using System.Text;
using Reasoner.Rdf.Tests.Generation;

namespace Reasoner.Rdf.Tests.Reading;

/// <summary>Documents that use everything their grammar has.</summary>
internal static class Documents
{
    public const string Turtle = """""
        @base <http://example.org/base/> . # a comment
        PREFIX : <#> prefix é.x-1: <http://example.org/é\u00e9/> BASE <sub/>
        @prefix ex:<http://example.org/>.@version "1.2" . VERSION '1.2-basic'
        ex:s a ex:T, <relative> , <../up?q#f>;; ex:p 1, -1.5 , +.5e-3,1.e0, true,false ; .
        :a\-b\~c :%41.b.c é.x-1:é·1 .
        _:a.b é.x-1: _:é, _:g0 ,_:gg1.
        [] :p [ :q [ ] , [ a :b ] ; ] . [ :only () ] . ( 1 (2 :x) "three" ) :list (()) .
        :s :p "a\tb\"\\\u00e9\U0001F600", 'single\'', "", '',"é"@en-GB , "x"@ar--rtl, "1"^^<int> , "1" ^^ ex:int , '''long ' '' "
        	line\n''', """ + "\"\"\"long \" \"\" end\\\"\"\"\"" + """
         .
        << :s :p :o ~ :r >> :q << << :a :b :c >> :d <<( :e a "f"@fr )>> ~ >> . <<:s :p 1>> .
        :s :p :o ~ :r1 ~ ~_:r2 {| :q :z ; :q [ :y 1 ] {| :deep 1 |} |} {| a :B |} , :o2 {| :w 3 |} .
        @prefix true: <urn:t:> . @prefix p.q: <urn:pq:> . true:x p.q:y true.
        """"";

    public const string TriG = """
        PREFIX : <http://example.org/>
        :a :b :c . { :d :e :f . :g :h :i } :graph { :j :k 1 , 2 . } GRAPH _:g { _:g0 :l [ :m :n ] } [] { :o :p :q . } {}
        [ :r :s ] :t :u . [] :v :w . graph :x {} :y :z <http://example.org/> .
        """;

    public const string NTriples = """
        # comment
        <http://example.org/é\u00e9> <urn:p> "a\tb\"\\\u00e9\U0001F600"@en-GB .
        VERSION "1.2"

        _:a.b<urn:p>_:é.#end
        	_:0 <urn:p> "" ^^ <urn:type> . # end
        <urn:s> <urn:p> <<( _:a <urn:p> <<( <urn:s> <urn:p> "x"@ar--rtl )>> )>> .
        <urn:s> <urn:p> "plain" .
        """;

    public const string RdfXml = """
        <?xml version="1.0"?>
        <!DOCTYPE rdf:RDF [ <!ENTITY ex "http://example.org/ns#"> ]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="&ex;" xml:base="http://example.org/base/" xml:lang="en">
          <ex:T rdf:about="&ex;s" ex:label="attribute" rdf:type="&ex;S">
            <ex:p rdf:ID="statement" rdf:resource="a?b#c"/> <ex:p>text &amp; é</ex:p> <ex:p xml:lang="" rdf:datatype="&ex;d">1</ex:p>
            <ex:p rdf:parseType="Literal">some <b a="1" xmlns="urn:b">xml</b><!-- c --></ex:p>
            <ex:p rdf:parseType="Resource"><ex:q rdf:nodeID="g0"/><rdf:li>1</rdf:li><rdf:li>2</rdf:li></ex:p>
            <ex:p rdf:parseType="Collection"><rdf:Description rdf:ID="x"/><ex:T/></ex:p>
            <ex:p ex:q="nested"/> <ex:p><rdf:Bag rdf:nodeID="b"><ex:p/></rdf:Bag></ex:p>
          </ex:T>
        </rdf:RDF>
        """;

    public static readonly string NQuads = NTriples + "\n<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> \"o\" _:g .\n";

    public static IEnumerable<(RdfFormat Format, byte[] Bytes)> All()
    {
        yield return (RdfFormat.Turtle, Encoding.UTF8.GetBytes(Turtle));
        yield return (RdfFormat.TriG, Encoding.UTF8.GetBytes(TriG));
        yield return (RdfFormat.NTriples, Encoding.UTF8.GetBytes(NTriples));
        yield return (RdfFormat.NQuads, Encoding.UTF8.GetBytes(NQuads));
        yield return (RdfFormat.RdfXml, Encoding.UTF8.GetBytes(RdfXml));
        for (var seed = 1; seed <= 3; seed++)
        {
            var triples = new RandomGraph(seed).Triples(15);
            yield return (RdfFormat.Turtle, Encoding.UTF8.GetBytes(TurtleWriter.ToText(triples, new Dictionary<string, Iri> { ["ex"] = new("http://example.org/") })));
            var output = new MemoryStream();
            NTriplesWriter.WriteSorted(triples, output);
            yield return (RdfFormat.NTriples, output.ToArray());
        }
    }
}
