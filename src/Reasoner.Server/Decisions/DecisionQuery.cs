using Microsoft.AspNetCore.Http;
using Reasoner.Decisions;
using Reasoner.Rdf;

namespace Reasoner.Server;

/// <summary>Reads what a caller chooses in the query.</summary>
internal static class DecisionQuery
{
    public const string Explain = "explain";
    public const string Effort = "effort";
    public const string Why = "why";
    private static readonly string[] _names = [Explain, Effort, Why];

    /// <summary>The options that a query chooses.</summary>
    /// <exception cref="ProblemException">It holds an unknown name or value.</exception>
    public static DecisionOptions Read(IQueryCollection query)
    {
        if (query.Count == 0) return DecisionOptions.Default;
        var errors = query.Keys.Except(_names, StringComparer.Ordinal)
            .Select(name => new ProblemError { About = name, Message = $"is not understood here{NearestName.Advice(name, _names)}" })
            .ToList();
        var options = new DecisionOptions
        {
            Explanation = Choose(query, Explain, DecisionOptions.Default.Explanation, errors),
            Effort = Choose(query, Effort, DecisionOptions.Default.Effort, errors),
            Why = [.. query.TryGetValue(Why, out var slots) ? slots.OfType<string>() : []],
        };
        return errors.Count == 0
            ? options
            : throw ProblemKind.UnknownQuery.Refuse("Write ?explain=none|summary|full and ?effort=low|medium|high, each once at most, and ?why= with a slot to explain.", errors);
    }

    /// <summary>The values of a choice as queries write them.</summary>
    public static IEnumerable<string> ValuesOf<T>() where T : struct, Enum => Enum.GetNames<T>().Select(name => name.ToLowerInvariant());

    private static T Choose<T>(IQueryCollection query, string name, T usual, List<ProblemError> errors) where T : struct, Enum
    {
        if (!query.TryGetValue(name, out var given)) return usual;
        foreach (var value in Enum.GetValues<T>())
            if (given is [var text] && text == value.ToString().ToLowerInvariant()) return value;
        errors.Add(new ProblemError { About = name, Message = $"is \"{given}\"; it must be one of {string.Join(", ", ValuesOf<T>())}, once" });
        return usual;
    }
}
