using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>Reads JSON cases as RDF, by a JSON-LD 1.1 context.</summary>
public static class JsonCaseReader
{
    /// <summary>
    /// Reads a case into a graph. Each fact's place is the line of its value. Where the case is refused, the graph may
    /// hold part of it: give every case an overlay of its own.
    /// </summary>
    /// <param name="json">The case in UTF-8: an object, or an array of objects.</param>
    /// <param name="context">What the names in it stand for; an @context in the case itself comes on top.</param>
    /// <param name="target">The graph that receives the facts.</param>
    /// <param name="document">Where the facts come from; its name stands in errors.</param>
    /// <param name="options">Limits, strictness and the root's name.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="CaseFormatException">The case is malformed, beyond a limit or, if read strictly, not understood whole.</exception>
    public static JsonCase Read(
        ReadOnlyMemory<byte> json,
        JsonLdContext context,
        KnowledgeGraph target,
        SourceDocument document,
        JsonCaseOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= JsonCaseOptions.Default;
        if (json.Length > options.MaxBytes)
        {
            throw new CaseFormatException(
                new SourcePosition(document.Name, 0, 0), "", $"a case may have at most {options.MaxBytes} bytes; this one has {json.Length}: split it");
        }

        var text = JsonText.Parse(json, document.Name, options.MaxDepth, cancellation);
        return new CaseExpansion(text, target, document, options, cancellation).Expand(context);
    }
}
