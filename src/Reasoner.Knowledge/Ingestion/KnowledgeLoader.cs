using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>Loads files into graphs: RDF by its format, tables by the CSVW metadata beside them.</summary>
public static class KnowledgeLoader
{
    private const string MetadataEnding = "-metadata.json";

    private static readonly string[] s_tableEndings = [".csv", ".tsv"];

    /// <summary>Loads a file; its name says what it is. A relative reference in RDF is resolved against the file's IRI.</summary>
    /// <param name="graph">The graph that receives the facts.</param>
    /// <param name="path">The file: <c>.ttl</c>, <c>.nt</c>, or <c>.csv</c> with <c>NAME.csv-metadata.json</c> beside it.</param>
    /// <param name="displayName">The file's name in errors and sources, and the scope of its blank nodes; the path itself where null.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <returns>The rows that were rejected; always empty for RDF, where an error ends the loading.</returns>
    /// <exception cref="RdfSyntaxException">The RDF is malformed.</exception>
    /// <exception cref="TableFormatException">The table does not fit its metadata.</exception>
    /// <exception cref="CaseFormatException">The metadata is malformed.</exception>
    /// <exception cref="UnreadableSourceException">The file cannot be opened, or its name does not say what it is.</exception>
    public static IReadOnlyList<RowError> LoadFile(
        KnowledgeGraph graph, string path, string? displayName = null, CancellationToken cancellation = default)
    {
        var name = displayName ?? path;
        try
        {
            if (Array.Exists(s_tableEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) return LoadTable(graph, path, name, cancellation);
            if (!RdfFormat.TryFromFileName(path, out var format) || format.HasGraphs)
                throw new UnreadableSourceException(name, "the file's name does not say what it is; Turtle (.ttl), N-Triples (.nt) and tables (.csv with CSVW metadata) can be loaded");
            LoadRdf(graph, path, name, format, cancellation);
            return [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableSourceException(name, problem is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file; check the name and the folder"
                : $"the file cannot be read: {problem.Message}");
        }
    }

    private static void LoadRdf(KnowledgeGraph graph, string path, string name, RdfFormat format, CancellationToken cancellation)
    {
        using var stream = File.OpenRead(path);
        var options = new RdfReaderOptions { FileName = name, BaseIri = new Uri(Path.GetFullPath(path)).AbsoluteUri };
        var loader = new GraphLoader(graph, new SourceDocument(SourceKind.File, name), BlankNodeScope.Of(name) + ".");
        RdfReader.Read(stream, format, loader, options, cancellation);
    }

    private static List<RowError> LoadTable(KnowledgeGraph graph, string path, string name, CancellationToken cancellation)
    {
        if (!File.Exists(path)) throw new FileNotFoundException(null, path);
        var metadata = path + MetadataEnding;
        if (!File.Exists(metadata))
            throw new UnreadableSourceException(name, $"a table needs CSVW metadata beside it; write {Path.GetFileName(metadata)} to say what its columns mean");
        var schema = TableSchema.Load(metadata, name + MetadataEnding);
        var errors = new List<RowError>();
        foreach (var row in TableReader.Read(path, schema, name, cancellation))
        {
            if (row.IsValid) row.LoadInto(graph);
            else errors.AddRange(row.Errors);
        }

        return errors;
    }
}
