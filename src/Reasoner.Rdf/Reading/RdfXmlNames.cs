namespace Reasoner.Rdf;

/// <summary>The names that RDF/XML keeps for its own syntax (RDF/XML 1.1, section 6.2).</summary>
internal static class RdfXmlNames
{
    /// <summary>coreSyntaxTerms and oldTerms: names in the RDF namespace that are neither nodes nor properties.</summary>
    public static bool IsSyntax(string name) =>
        name is "RDF" or "ID" or "about" or "parseType" or "resource" or "nodeID" or "datatype" or "aboutEach" or "aboutEachPrefix" or "bagID";

    /// <summary>Whether a text is a language tag as BCP 47 shapes it: a part of letters, then parts of letters and digits.</summary>
    public static bool IsLanguageTag(string tag)
    {
        var parts = tag.Split('-');
        return parts[0].All(char.IsAsciiLetter) && parts.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }
}
