using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>An IMPORTS declaration: the reference as written where it was written in angle brackets, else the
/// IRI.</summary>
internal readonly record struct SrlImport(string Reference, SourcePosition Position);

/// <summary>What one SRL document holds, filled by the parser.</summary>
/// <param name="file">The document's name in positions.</param>
/// <param name="iri">The document's IRI, against which relative IRIs are resolved; null where it has none.</param>
/// <param name="number">The document's number in its rule set.</param>
internal sealed class SrlDocument(string file, string? iri, int number)
{
    private readonly List<Diagnostic> _diagnostics = [];

    public string File => file;

    public string? Iri => iri;

    public int Number => number;

    public ImmutableArray<Rule>.Builder Rules { get; } = ImmutableArray.CreateBuilder<Rule>();

    public ImmutableArray<PositionedTriple>.Builder Data { get; } = ImmutableArray.CreateBuilder<PositionedTriple>();

    public Dictionary<string, string> Prefixes { get; } = new(StringComparer.Ordinal);

    public List<SrlImport> Imports { get; } = [];

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    public int Errors { get; private set; }

    public void Report(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        if (diagnostic.Severity == Severity.Error) Errors++;
    }
}
