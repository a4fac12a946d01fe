namespace Reasoner.Rdf;

/// <summary>The datatypes that need care when a literal is read.</summary>
internal static class LiteralDatatype
{
    /// <summary>The datatype as a sink wants it: empty for xsd:string.</summary>
    /// <exception cref="RdfSyntaxException">It is the datatype of language-tagged strings, which cannot be written.</exception>
    public static ReadOnlySpan<byte> Check(Terminals input, ReadOnlySpan<byte> datatype)
    {
        if (datatype.SequenceEqual("http://www.w3.org/2001/XMLSchema#string"u8)) return [];
        if (datatype.SequenceEqual("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"u8)
            || datatype.SequenceEqual("http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString"u8))
        {
            throw input.Error(input.At - 1, "a language-tagged string is written with its tag, such as \"text\"@en, not with a datatype");
        }

        return datatype;
    }
}
