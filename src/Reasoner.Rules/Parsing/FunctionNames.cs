using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>The names that functions are called by, for messages.</summary>
internal static class FunctionNames
{
    /// <summary>The keywords of the built-in functions.</summary>
    public static IEnumerable<string> Keywords { get; } =
        [.. Enum.GetValues<Function>().Where(IsKeyword).Select(Functions.NameOf)];

    /// <summary>The casts' datatypes.</summary>
    public static string Casts { get; } = string.Join(
        ", ",
        Enum.GetValues<Function>().Where(IsCast).Select(
            cast => "xsd:" + Functions.NameOf(cast)[Xsd.Namespace.Length..]).Order(StringComparer.Ordinal));

    /// <summary>Whether the function is called by a keyword.</summary>
    public static bool IsKeyword(Function function) => Functions.FromKeyword(Functions.NameOf(function)) == function;

    /// <summary>Whether the function is called by an IRI.</summary>
    public static bool IsCast(Function function) => Functions.FromIri(Functions.NameOf(function)) == function;
}
