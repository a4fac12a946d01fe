using System.Diagnostics.CodeAnalysis;

namespace Reasoner.Rdf;

/// <summary>A syntax that RDF is written in.</summary>
public sealed class RdfFormat
{
    private RdfFormat(string name, bool hasGraphs, string[] fileExtensions, string[] mediaTypes)
    {
        Name = name;
        HasGraphs = hasGraphs;
        FileExtensions = fileExtensions;
        MediaTypes = mediaTypes;
    }

    /// <summary>N-Triples: a triple a line.</summary>
    public static RdfFormat NTriples { get; } = new("N-Triples", false, [".nt"], ["application/n-triples", "text/plain"]);

    /// <summary>N-Quads: a triple and its graph a line.</summary>
    public static RdfFormat NQuads { get; } = new("N-Quads", true, [".nq"], ["application/n-quads"]);

    /// <summary>Turtle.</summary>
    public static RdfFormat Turtle { get; } = new("Turtle", false, [".ttl"], ["text/turtle", "application/x-turtle"]);

    /// <summary>TriG: Turtle with named graphs.</summary>
    public static RdfFormat TriG { get; } = new("TriG", true, [".trig"], ["application/trig"]);

    /// <summary>RDF/XML.</summary>
    public static RdfFormat RdfXml { get; } = new("RDF/XML", false, [".rdf", ".owl", ".xml"], ["application/rdf+xml"]);

    /// <summary>All formats.</summary>
    public static IReadOnlyList<RdfFormat> All { get; } = [NTriples, NQuads, Turtle, TriG, RdfXml];

    /// <summary>The format's name.</summary>
    public string Name { get; }

    /// <summary>Whether a document can hold named graphs.</summary>
    public bool HasGraphs { get; }

    /// <summary>File name extensions with their dot, the usual one first.</summary>
    public IReadOnlyList<string> FileExtensions { get; }

    /// <summary>Media types without parameters, the registered one first.</summary>
    public IReadOnlyList<string> MediaTypes { get; }

    /// <summary>The format that a file's name tells.</summary>
    public static bool TryFromFileName(string fileName, [NotNullWhen(true)] out RdfFormat? format)
    {
        var extension = Path.GetExtension(fileName);
        format = All.FirstOrDefault(f => f.FileExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format of a media type, whose parameters do not matter.</summary>
    public static bool TryFromMediaType(string mediaType, [NotNullWhen(true)] out RdfFormat? format)
    {
        var semicolon = mediaType.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? mediaType : mediaType[..semicolon]).Trim();
        format = All.FirstOrDefault(f => f.MediaTypes.Contains(type, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format's name.</summary>
    public override string ToString() => Name;
}
