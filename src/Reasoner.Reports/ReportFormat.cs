using System.Diagnostics.CodeAnalysis;

namespace Reasoner.Reports;

/// <summary>A format that a report can be written in. A new format is a new entry here.</summary>
public sealed class ReportFormat
{
    private ReportFormat(
        string name, string mediaType, string[] fileExtensions, Action<Explanation, TextWriter, CancellationToken> writer)
    {
        Name = name;
        MediaType = mediaType;
        FileExtensions = fileExtensions;
        Writer = writer;
    }

    /// <summary>One self-contained HTML file, which is also well-formed XML.</summary>
    public static ReportFormat Html { get; } = new("html", "text/html", [".html", ".htm"], HtmlReport.Write);

    /// <summary>Markdown with tables (GitHub flavour).</summary>
    public static ReportFormat Markdown { get; } = new("md", "text/markdown", [".md", ".markdown"], MarkdownReport.Write);

    /// <summary>The decision's provenance (W3C PROV-O) as JSON-LD 1.1.</summary>
    public static ReportFormat JsonLd { get; } = new("jsonld", "application/ld+json", [".jsonld"], ProvenanceWriter.JsonLd);

    /// <summary>The decision's provenance (W3C PROV-O) as Turtle.</summary>
    public static ReportFormat Turtle { get; } = new("ttl", "text/turtle", [".ttl"], ProvenanceWriter.Turtle);

    /// <summary>The formats that people read.</summary>
    public static IReadOnlyList<ReportFormat> ForPeople { get; } = [Html, Markdown];

    /// <summary>Every format.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } = [.. ForPeople, JsonLd, Turtle];

    /// <summary>The name that the command line uses.</summary>
    public string Name { get; }

    /// <summary>The media type, without parameters; reports are in UTF-8.</summary>
    public string MediaType { get; }

    /// <summary>File name extensions with their dot, the usual one first.</summary>
    public IReadOnlyList<string> FileExtensions { get; }

    internal Action<Explanation, TextWriter, CancellationToken> Writer { get; }

    /// <summary>The format of a name.</summary>
    public static bool TryFromName(string name, [NotNullWhen(true)] out ReportFormat? format)
    {
        format = All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format of a media type, whose parameters do not matter.</summary>
    public static bool TryFromMediaType(string mediaType, [NotNullWhen(true)] out ReportFormat? format)
    {
        var semicolon = mediaType.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? mediaType : mediaType[..semicolon]).Trim();
        format = All.FirstOrDefault(f => f.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format's name.</summary>
    public override string ToString() => Name;
}
