using System.Text;

namespace Reasoner.Rdf;

/// <summary>IRI references as text: what may be one, and its resolution against a base (RFC 3986, section 5.2, strict).</summary>
public static class IriReference
{
    /// <summary>Whether the reference starts with a scheme.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> reference)
    {
        var colon = reference.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(reference[0])) return false;
        foreach (var c in reference[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        return true;
    }

    /// <summary>Whether the text has only characters that an IRI may have.</summary>
    public static bool HasOnlyIriCharacters(ReadOnlySpan<char> text) =>
        !text.ContainsAny("<>\"{}|^`\\\u007f") && !text.ContainsAnyInRange('\0', ' ');

    /// <summary>The reference resolved against an absolute base; an absolute reference is left as it is.</summary>
    public static string Resolve(string baseIri, string reference)
    {
        if (IsAbsolute(reference)) return reference;
        var resolver = new IriResolver();
        resolver.SetBase(Encoding.UTF8.GetBytes(baseIri));
        return Encoding.UTF8.GetString(resolver.Resolve(Encoding.UTF8.GetBytes(reference)));
    }

    /// <summary>
    /// The absolute IRI that the reference stands for; false where it holds characters that no IRI may, or is relative
    /// and there is no absolute base.
    /// </summary>
    public static bool TryResolve(string reference, string? baseIri, out string iri)
    {
        iri = reference;
        if (!HasOnlyIriCharacters(reference)) return false;
        if (IsAbsolute(reference)) return true;
        if (baseIri is null || !IsAbsolute(baseIri)) return false;
        iri = Resolve(baseIri, reference);
        return true;
    }
}
