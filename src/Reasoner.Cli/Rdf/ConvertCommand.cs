using System.CommandLine;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Cli;

/// <summary><c>reasoner convert</c>: RDF from one format to another.</summary>
internal sealed class ConvertCommand : ReasonerCommand
{
    private static readonly Dictionary<string, RdfFormat> _formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["nt"] = RdfFormat.NTriples,
        ["nq"] = RdfFormat.NQuads,
        ["ttl"] = RdfFormat.Turtle,
        ["trig"] = RdfFormat.TriG,
        ["rdf"] = RdfFormat.RdfXml,
    };

    private readonly Argument<string> _in = new("IN") { Description = "Input file (.nt, .nq, .ttl, .trig, .rdf); - is standard input" };
    private readonly Argument<string> _out = new("OUT") { Description = "Output file (.nt, .nq, .ttl); - is standard output" };
    private readonly Option<string?> _from = new("--from") { Description = "The input's format, where its name does not tell", HelpName = "nt|nq|ttl|trig|rdf" };
    private readonly Option<string?> _to = new("--to") { Description = "The output's format, where its name does not tell", HelpName = "nt|nq|ttl" };
    private readonly Option<bool> _mergeGraphs = new("--merge-graphs") { Description = "Put the triples of named graphs into the one graph of .nt or .ttl" };

    public ConvertCommand(CommandSurroundings surroundings)
        : base(
            "convert",
            "Converts RDF by file name. N-Triples and N-Quads are streamed; Turtle output is held in memory.",
            surroundings,
            "convert data.ttl data.nt",
            "convert - - --from trig --to nq < data.trig")
    {
        _from.AcceptOnlyFromAmong([.. _formats.Keys]);
        _to.AcceptOnlyFromAmong("nt", "nq", "ttl");
        Arguments.Add(_in);
        Arguments.Add(_out);
        foreach (var option in (Option[])[_from, _to, _mergeGraphs]) Options.Add(option);
    }

    private protected override int Run(ParseResult arguments)
    {
        var (source, target) = (arguments.GetValue(_in)!, arguments.GetValue(_out)!);
        var from = FormatOf(source, arguments.GetValue(_from), "--from");
        var to = FormatOf(target, arguments.GetValue(_to), "--to");
        if (to == RdfFormat.TriG || to == RdfFormat.RdfXml)
            throw new UsageException($"{to} is not written; write {(to == RdfFormat.TriG ? "N-Quads (.nq)" : "Turtle (.ttl) or N-Triples (.nt)")}.");
        var mergesGraphs = arguments.GetValue(_mergeGraphs);

        using var input = source == "-" ? Console.Input : InputFile.Open(source);
        var options = new RdfReaderOptions { FileName = source, BaseIri = source == "-" ? null : new Uri(Path.GetFullPath(source)).AbsoluteUri };
        OutputFile.Write(target, Console, output => Work.Do(Console, $"Converting {source}", input is FileStream { CanSeek: true } ? input.Length : null, read =>
        {
            var stream = new WatchedStream(input, read);
            if (to == RdfFormat.Turtle) ToTurtle(stream, from, options, mergesGraphs, output);
            else ToLines(stream, from, options, keepsGraphs: to.HasGraphs, mergesGraphs, output);
            return true;
        }));
        return ExitStatus.Done;
    }

    private void ToTurtle(Stream input, RdfFormat from, RdfReaderOptions options, bool mergesGraphs, Stream output)
    {
        var triples = new List<Triple>();
        var sink = new TermSink(options.FileName, (triple, _) => triples.Add(triple), keepsGraphs: false, mergesGraphs);
        Read(input, from, options, sink);
        TurtleWriter.Write(triples, output, sink.Prefixes, Cancellation);
    }

    private void ToLines(Stream input, RdfFormat from, RdfReaderOptions options, bool keepsGraphs, bool mergesGraphs, Stream output)
    {
        using var writer = new NTriplesWriter(output);
        Read(input, from, options, new TermSink(options.FileName, (triple, graph) => writer.Write(triple, graph), keepsGraphs, mergesGraphs));
    }

    private void Read(Stream input, RdfFormat from, RdfReaderOptions options, TermSink sink)
    {
        if (from == RdfFormat.NTriples) NTriplesReader.Read<TermSink, Term>(input, ref sink, options, Cancellation);
        else if (from == RdfFormat.NQuads) NQuadsReader.Read<TermSink, Term>(input, ref sink, options, Cancellation);
        else if (from == RdfFormat.RdfXml) RdfXmlReader.Read<TermSink, Term>(input, ref sink, options, Cancellation);
        else if (from == RdfFormat.Turtle) TurtleReader.Read<TermSink, Term>(input, ref sink, options, Cancellation);
        else TriGReader.Read<TermSink, Term>(input, ref sink, options, Cancellation);
    }

    private static RdfFormat FormatOf(string name, string? said, string option)
    {
        if (said is not null) return _formats[said];
        if (RdfFormat.TryFromFileName(name, out var format)) return format;
        throw new UsageException($"{(name == "-" ? "a stream" : $"the name of {name}")} tells no RDF format; say it with {option}, or use an ending of .nt, .nq, .ttl, .trig or .rdf.");
    }

    /// <summary>Hands triples on as they come, with the named graph that they are of.</summary>
    private sealed class TermSink(string file, Action<Triple, Term?> write, bool keepsGraphs, bool mergesGraphs) : IRdfDatasetSink<Term>
    {
        private Term? _graph;

        public Dictionary<string, Iri> Prefixes { get; } = new(StringComparer.Ordinal);

        public Term Iri(ReadOnlySpan<byte> iri) => new Iri(Encoding.UTF8.GetString(iri));

        public Term BlankNode(ReadOnlySpan<byte> label) => new BlankNode(Encoding.UTF8.GetString(label));

        public Term Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) =>
            new Literal(Encoding.UTF8.GetString(lexicalForm), datatype.IsEmpty ? null : new Iri(Encoding.UTF8.GetString(datatype)));

        public Term LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) =>
            new Literal(Encoding.UTF8.GetString(lexicalForm), Encoding.UTF8.GetString(language), direction);

        public Term TripleTerm(Term subject, Term predicate, Term @object) => new TripleTerm(new Triple(subject, predicate, @object));

        public void Triple(Term subject, Term predicate, Term @object, int line)
        {
            if (_graph is not null && !keepsGraphs && !mergesGraphs)
                throw new FileErrorException($"{file}:{line}: error: this triple is of the named graph {_graph}, which the output's format cannot hold; write .nq, or give --merge-graphs.");
            write(new Triple(subject, predicate, @object), keepsGraphs ? _graph : null);
        }

        public void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri) => Prefixes[Encoding.UTF8.GetString(prefix)] = new Iri(Encoding.UTF8.GetString(iri));

        public void BeginGraph(Term graph) => _graph = graph;

        public void EndGraph() => _graph = null;
    }
}
