using Reasoner.Rdf;

namespace Reasoner.Conformance;

/// <summary>One test of a suite.</summary>
/// <param name="Suite">The suite, which knows the files.</param>
/// <param name="Node">The test's node in the manifest.</param>
/// <param name="Name">The name that the manifest gives the test.</param>
/// <param name="Type">The local name of the test's class.</param>
internal sealed record ManifestEntry(Suite Suite, Term Node, string Name, string Type)
{
    /// <summary>The value of mf:action; an IRI, or a blank node with parts of its own.</summary>
    public Term Action => Suite.Value(Node, Suite.Manifest + "action") ?? throw new InvalidDataException($"{Name} has no action.");

    /// <summary>The value of mf:result, where there is one.</summary>
    public Term? Result => Suite.Value(Node, Suite.Manifest + "result");

    public bool HasType(string ending) => Type.EndsWith(ending, StringComparison.Ordinal);
}
