using System.Collections.Frozen;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// The operators, built-in functions and casts of SRL (SPARQL 1.2 Query, 17.3 to 17.5): names, arities, evaluation.
/// </summary>
public static class Functions
{
    private static readonly FunctionDefinition[] s_table = BuildTable();

    private static readonly FrozenDictionary<string, Function> s_keywords = s_table
        .Where(definition => definition.Function is Function.If or (>= Function.Str and < Function.CastString))
        .Select(definition => KeyValuePair.Create(definition.Name, definition.Function))
        // Second names of the same functions.
        .Append(KeyValuePair.Create("URI", Function.Iri))
        .Append(KeyValuePair.Create("isURI", Function.IsIri))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Function> s_casts = s_table
        .Where(definition => definition.Name.StartsWith(Xsd.Namespace, StringComparison.Ordinal))
        .ToFrozenDictionary(definition => definition.Name, definition => definition.Function, StringComparer.Ordinal);

    /// <summary>
    /// Computes a function. Type errors and other failures come back as errors; so does every call with an error among
    /// the arguments, save for the functional forms, which here see all of their arguments evaluated.
    /// </summary>
    /// <exception cref="ArgumentException">The number of arguments is not one that <see cref="Arity"/>
    /// allows.</exception>
    public static Value Invoke(Function function, ReadOnlySpan<Value> arguments, EvaluationContext context)
    {
        var definition = s_table[(int)function];
        if (arguments.Length < definition.Min || arguments.Length > definition.Max)
        {
            throw new ArgumentException(
                $"{definition.Name} cannot take {arguments.Length} arguments.", nameof(arguments));
        }

        if (!definition.TakesErrors)
        {
            foreach (ref readonly var argument in arguments)
            {
                if (argument.IsError) return argument;
            }
        }

        return definition.Body(arguments, context);
    }

    /// <summary>
    /// The least and greatest number of arguments; <see cref="int.MaxValue"/> where there is no greatest.
    /// </summary>
    public static (int Min, int Max) Arity(Function function) =>
        (s_table[(int)function].Min, s_table[(int)function].Max);

    /// <summary>
    /// The built-in function of a name, in any case; null if there is none. Infix operators, IN among them, are not
    /// built-in functions.
    /// </summary>
    public static Function? FromKeyword(string keyword) =>
        s_keywords.TryGetValue(keyword, out var function) ? function : null;

    /// <summary>The cast of a datatype IRI; null if there is none.</summary>
    public static Function? FromIri(string iri) => s_casts.TryGetValue(iri, out var function) ? function : null;

    /// <summary>How the function is written: a keyword, an infix symbol, or the datatype IRI of a cast.</summary>
    public static string NameOf(Function function) => s_table[(int)function].Name;

    private static FunctionDefinition[] BuildTable()
    {
        var table = new FunctionDefinition[Enum.GetValues<Function>().Length];
        foreach (var family in new[]
        {
            OperatorFunctions.All, TermFunctions.All, NumberFunctions.All, StringFunctions.All, TimeFunctions.All,
            TripleTermFunctions.All, CastFunctions.All,
        })
        {
            foreach (var definition in family) table[(int)definition.Function] = definition;
        }

        return table;
    }
}
