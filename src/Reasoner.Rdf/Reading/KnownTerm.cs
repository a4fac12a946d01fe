namespace Reasoner.Rdf;

/// <summary>The receiver's handle of a term that the grammar itself names, once it has been asked for.</summary>
internal readonly struct KnownTerm<TTerm>(TTerm term)
{
    public TTerm Term { get; } = term;

    public bool IsKnown { get; } = true;
}
